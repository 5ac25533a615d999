"use client";

import { type RefObject } from "react";
import { Dialog } from "@/components/ui/overlays/dialog";
import { lazy } from "@/components/ui/lazy";

interface ExportDialogProps {
  readonly organizationId: string;
  readonly organizationName: string;
  /** Where the exports are listed. */
  readonly exportsHref: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly returnFocusTo: RefObject<HTMLElement | null>;
}

const ExportForm = lazy(() => import("./export-form"));

/** Asks for a file of the events on screen. It closes at once; the work goes on without this page. */
export function ExportDialog({ open, onOpenChange, returnFocusTo, ...rest }: ExportDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Export CSV"
      description="Opens with the filters on screen. Change them here without changing the page."
      returnFocusTo={returnFocusTo}
    >
      <ExportForm {...rest} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}
