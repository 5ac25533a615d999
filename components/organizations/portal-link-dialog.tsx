"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent, type RefObject } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem } from "@/components/ui/form-problem";
import { Skeleton } from "@/components/ui/skeleton";

interface PortalLinkDialogProps {
  readonly organization: { readonly id: string; readonly name: string };
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly returnFocusTo: RefObject<HTMLElement | null>;
}

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

function PortalLink({ organizationId, onDone }: { readonly organizationId: string; readonly onDone: () => void }) {
  const trpc = useTRPC();
  const create = useMutation(trpc.portalLinks.create.mutationOptions());
  const make = useEffectEvent(() => create.mutate({ organizationId }));
  useEffect(() => {
    // Deferred, so that a mount that is undone at once (as in development) makes no link.
    const timer = setTimeout(make, 0);
    return () => clearTimeout(timer);
  }, []);

  return (
    <>
      <div role="status" aria-label="Portal link">
        {create.data ? (
          <p className="rounded-lg border bg-sunken p-3 font-mono text-xs leading-5 break-all select-all">
            {create.data.link}
          </p>
        ) : create.error ? (
          <FormProblem message={problemOf(create.error).message} />
        ) : (
          <p className="rounded-lg border bg-sunken p-3">
            <Skeleton className="my-1" />
            <Skeleton className="mt-3 mb-1 w-2/3" />
          </p>
        )}
      </div>
      <p className="mt-3 text-muted">
        It expires in 5 minutes and works once. Give it only to somebody who may see all events of this organization.
      </p>
      <DialogActions>
        <Button onClick={onDone}>Done</Button>
        {create.error ? (
          <Button tone="primary" busy={create.isPending} onClick={() => create.mutate({ organizationId })}>
            Try again
          </Button>
        ) : (
          create.data && <CopyButton text={create.data.link} label="Copy link" look="button" />
        )}
      </DialogActions>
    </>
  );
}
