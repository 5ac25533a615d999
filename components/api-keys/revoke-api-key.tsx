"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem } from "@/components/ui/form-problem";
import { useToast } from "@/components/ui/toast";

interface RevokeApiKeyProps {
  readonly apiKey: { readonly id: string; readonly name: string; readonly hint: string };
}

/** The button that ends a key's life, after a question. */
export function RevokeApiKey({ apiKey }: RevokeApiKeyProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const revoke = useMutation(
    trpc.apiKeys.revoke.mutationOptions({
      onSuccess: async () => {
        setOpen(false);
        toast({
          tone: "positive",
          title: `Revoked “${apiKey.name}”`,
          description: "Requests with it are refused from now on.",
        });
        await queryClient.invalidateQueries(trpc.apiKeys.pathFilter());
      },
    }),
  );
  return (
    <>
      <Button
        ref={trigger}
        size="sm"
        aria-label={`Revoke ${apiKey.name}`}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        Revoke
      </Button>
      <Dialog role="alertdialog" open={open} onOpenChange={setOpen} title="Revoke API key" returnFocusTo={trigger}>
        <p className="text-muted">
          Whatever still uses <bdi className="font-medium text-ink wrap-anywhere">{apiKey.name}</bdi> (
          <span className="font-mono text-xs">{apiKey.hint}…</span>) can no longer send events or read anything. This
          cannot be undone.
        </p>
        {revoke.error && (
          <div className="mt-4">
            <FormProblem message={problemOf(revoke.error).message} />
          </div>
        )}
        <DialogActions>
          <Button onClick={() => setOpen(false)}>Keep it</Button>
          <Button tone="danger" busy={revoke.isPending} onClick={() => revoke.mutate({ apiKeyId: apiKey.id })}>
            Revoke key
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
