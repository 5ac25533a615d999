"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTRPC } from "@/components/trpc/context";
import { singleFieldError } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/forms/field";
import { formText } from "@/components/ui/forms/form-text";

interface CreateApiKeyFormProps {
  readonly onCancel: () => void;
  readonly onCreated: (secret: string) => void;
}

/** Asks for the key's name. */
export function CreateApiKeyForm({ onCancel, onCreated }: CreateApiKeyFormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({
      onSuccess: async ({ secret }) => {
        onCreated(secret);
        await queryClient.invalidateQueries(trpc.apiKeys.pathFilter());
      },
      // The response contains the secret, which must not stay in the cache.
      gcTime: 0,
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate({ name: formText(event.currentTarget, "name") });
  };
  return (
    <form onSubmit={submit}>
      <Field
        label="Name"
        name="name"
        required
        autoComplete="off"
        maxLength={100}
        placeholder="Production backend"
        hint="For example, where you use it."
        error={singleFieldError(create.error)}
      />
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone="primary" busy={create.isPending}>
          {create.isPending ? "Creating…" : "Create key"}
        </Button>
      </DialogActions>
    </form>
  );
}
