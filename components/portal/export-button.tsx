"use client";

import { FileDown } from "lucide-react";
import { useRef, useState } from "react";
import { ExportDialog } from "@/components/exports/export-dialog";
import { Button } from "@/components/ui/button";

interface ExportButtonProps {
  readonly organization: { readonly id: string; readonly name: string };
  /** Path of the page that lists exports. */
  readonly exportsHref: string;
}

/** The “Export CSV” button of the portal and its dialog. */
export function ExportButton({ organization, exportsHref }: ExportButtonProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button ref={trigger} tone="primary" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <FileDown aria-hidden />
        Export CSV
      </Button>
      <ExportDialog
        organizationId={organization.id}
        organizationName={organization.name}
        exportsHref={exportsHref}
        open={open}
        onOpenChange={setOpen}
        returnFocusTo={trigger}
      />
    </>
  );
}
