"use client";

import { type RefObject } from "react";
import { Dialog } from "@/components/ui/overlays/dialog";
import { lazy } from "@/components/ui/lazy";

interface PortalLinkDialogProps {
  readonly organization: { readonly id: string; readonly name: string };
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly returnFocusTo: RefObject<HTMLElement | null>;
}

const PortalLink = lazy(() => import("./new-portal-link"));

/** Makes a link for the customer and shows it, which is the only time it can be seen. */
export function PortalLinkDialog({ organization, ...dialog }: PortalLinkDialogProps) {
  return (
    <Dialog
      {...dialog}
      title="Portal link"
      description="Opens this organization's audit logs for one of its people, without an account."
    >
      <PortalLink organizationId={organization.id} onDone={() => dialog.onOpenChange(false)} />
    </Dialog>
  );
}
