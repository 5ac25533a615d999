"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTRPC } from "@/components/trpc/context";
import { fieldError, problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/forms/field";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { formText } from "@/components/ui/forms/form-text";
import { KEY_SCOPES, type KeyScope } from "@/schemas/api-keys/api-key";
import { ScopeChoice } from "./scope-choice";

interface CreateApiKeyFormProps {
  readonly onCancel: () => void;
  readonly onCreated: (secret: string) => void;
}

/** Asks for the key's name and scopes. */
export function CreateApiKeyForm({ onCancel, onCreated }: CreateApiKeyFormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [scopes, setScopes] = useState<readonly KeyScope[]>(KEY_SCOPES);
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
  const problem = create.error && problemOf(create.error);
  const nameError = fieldError(problem, "name");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (scopes.length > 0) create.mutate({ name: formText(event.currentTarget, "name"), scopes: [...scopes] });
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
        error={nameError}
      />
      <ScopeChoice chosen={scopes} onChange={setScopes} />
      {problem && nameError === undefined && (
        <div className="mt-4">
          <FormProblem message={problem.message} />
        </div>
      )}
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone="primary" busy={create.isPending}>
          {create.isPending ? "Creating…" : "Create key"}
        </Button>
      </DialogActions>
    </form>
  );
}
