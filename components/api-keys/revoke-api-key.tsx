"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Confirmation } from "@/components/feedback/confirmation";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/overlays/toast";

interface RevokeApiKeyProps {
  readonly apiKey: { readonly id: string; readonly name: string; readonly hint: string };
}

/** A button that revokes a key after confirmation. */
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
          description: "Requests with this key are now rejected.",
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
      <Confirmation
        open={open}
        onOpenChange={setOpen}
        returnFocusTo={trigger}
        title="Revoke API key"
        confirm="Revoke key"
        mutation={revoke}
        onConfirm={() => revoke.mutate({ apiKeyId: apiKey.id })}
      >
        Anything using <bdi className="font-medium text-ink wrap-anywhere">{apiKey.name}</bdi> (
        <span className="font-mono text-xs">{apiKey.hint}…</span>) stops working immediately. This can&rsquo;t be
        undone.
      </Confirmation>
    </>
  );
}
