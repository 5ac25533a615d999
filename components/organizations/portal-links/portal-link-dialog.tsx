"use client";

import type { RefObject } from "react";
import { lazy } from "@/components/ui/lazy";
import { Dialog } from "@/components/ui/overlays/dialog";

interface PortalLinkDialogProps {
  readonly organization: { readonly id: string; readonly name: string };
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly returnFocusTo: RefObject<HTMLElement | null>;
}

const NewPortalLink = lazy(() => import("./new-portal-link"));

/** Creates a portal link and shows it. The link cannot be shown again later. */
export function PortalLinkDialog({ organization, ...dialog }: PortalLinkDialogProps) {
  return (
    <Dialog
      {...dialog}
      title="Portal link"
      description="Gives someone at this organization access to its audit log, no account needed."
    >
      <NewPortalLink organizationId={organization.id} onDone={() => dialog.onOpenChange(false)} />
    </Dialog>
  );
}
