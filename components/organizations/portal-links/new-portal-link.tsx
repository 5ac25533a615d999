"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useTRPC } from "@/components/trpc/context";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { DialogActions } from "@/components/ui/overlays/dialog";
import { Skeleton } from "@/components/ui/skeleton";

/** Creates a portal link when it mounts, and shows it. */
export default function NewPortalLink({
  organizationId,
  onDone,
}: {
  readonly organizationId: string;
  readonly onDone: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.portalLinks.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.portalLinks.pathFilter()),
    }),
  );
  const createLink = useEffectEvent(() => create.mutate({ organizationId }));
  useEffect(() => {
    // Deferred, so that a mount that is immediately undone (as in development) creates no link.
    const timer = setTimeout(createLink, 0);
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
        Works once and expires in 5 minutes. Anyone who opens it can see all of this organization&rsquo;s events.
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
