"use client";

import { ChevronDown, FileDown, Link2, SquareTerminal } from "lucide-react";
import { useRef, useState } from "react";
import { toFilters, useEventView } from "@/components/events/filters/event-view";
import { ExportDialog } from "@/components/exports/export-dialog";
import { PortalLinkDialog } from "@/components/organizations/portal-links/portal-link-dialog";
import { nextMinute } from "@/components/time/time-range";
import { buttonStyle } from "@/components/ui/button";
import { Menu } from "@/components/ui/overlays/menu";
import { MenuItem } from "@/components/ui/overlays/menu-items";
import { useToast } from "@/components/ui/overlays/toast";
import { useCopy } from "@/components/ui/use-copy";

/** Fetched before the menu opens, since browsers allow copying only right after a click. */
const loadCurl = () => import("./curl-commands");

interface OrganizationActionsProps {
  readonly organization: { readonly id: string; readonly name: string };
  readonly exportsHref: string;
  /** Why this member can neither export nor create portal links, or null. */
  readonly deniedReason: string | null;
}

/** The *Actions* menu: export events, create a portal link, copy the export request as cURL. */
export function OrganizationActions({ organization, exportsHref, deniedReason }: OrganizationActionsProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const toast = useToast();
  const copyText = useCopy();
  const [view] = useEventView();
  const [open, setOpen] = useState<"export" | "portal-link" | null>(null);
  const dialog = (name: "export" | "portal-link") => ({
    open: open === name,
    onOpenChange: (next: boolean) => setOpen(next ? name : null),
    returnFocusTo: trigger,
  });
  const copyCurl = async () => {
    const { exportCurl } = await loadCurl();
    const command = exportCurl(location.origin, organization.id, toFilters(view, nextMinute()));
    if (await copyText(command))
      toast({ tone: "positive", title: "cURL copied", description: "Runs an export with your current filters." });
  };
  return (
    <>
      <Menu
        align="end"
        className="w-60"
        triggerRef={trigger}
        onPreload={() => void loadCurl().catch(() => undefined)}
        triggerClassName={buttonStyle()}
        trigger={
          <>
            Actions
            <ChevronDown aria-hidden className="text-faint" />
          </>
        }
      >
        <MenuItem disabled={deniedReason !== null} onSelect={() => setOpen("export")}>
          <FileDown aria-hidden />
          Export CSV
        </MenuItem>
        <MenuItem disabled={deniedReason !== null} onSelect={() => setOpen("portal-link")}>
          <Link2 aria-hidden />
          Create portal link
        </MenuItem>
        <MenuItem onSelect={() => void copyCurl()}>
          <SquareTerminal aria-hidden />
          Copy as cURL
        </MenuItem>
        {deniedReason !== null && <p className="border-t px-2 pt-2 pb-1 text-xs text-muted">{deniedReason}</p>}
      </Menu>
      <ExportDialog
        {...dialog("export")}
        organizationId={organization.id}
        organizationName={organization.name}
        exportsHref={exportsHref}
      />
      <PortalLinkDialog {...dialog("portal-link")} organization={organization} />
    </>
  );
}
