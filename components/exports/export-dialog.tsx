"use client";

import { type RefObject } from "react";
import { Dialog } from "@/components/ui/overlays/dialog";
import { lazy } from "@/components/ui/lazy";

interface ExportDialogProps {
  readonly organizationId: string;
  readonly organizationName: string;
  /** Path of the page that lists exports. */
  readonly exportsHref: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly returnFocusTo: RefObject<HTMLElement | null>;
}

const ExportForm = lazy(() => import("./export-form"));

/** Requests a file with the listed events. The dialog closes at once, and the export runs in the background. */
export function ExportDialog({ open, onOpenChange, returnFocusTo, ...rest }: ExportDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Export events"
      description="Starts with your current filters. Changes here don’t affect the page."
      returnFocusTo={returnFocusTo}
    >
      <ExportForm {...rest} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}
