"use client";

import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { CreateOrganizationForm } from "./create-organization-form";

/** The “Create organization” button and its dialog. */
export function CreateOrganization({ environmentId }: { readonly environmentId: string }) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button ref={trigger} tone="primary" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        Create organization
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Create organization"
        description="An organization is one of your customers. Its events, exports and portal are kept separate."
        returnFocusTo={trigger}
      >
        <CreateOrganizationForm environmentId={environmentId} onCancel={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
