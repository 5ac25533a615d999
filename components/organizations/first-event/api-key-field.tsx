"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import Link from "next/link";
import { useRef, useState } from "react";
import { useTRPC } from "@/components/trpc/context";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";

interface ApiKeyFieldProps {
  readonly environmentId: string;
  readonly canCreate: boolean;
  readonly value: string;
  /** Receives the key, or an empty string while the input is not a valid key. */
  readonly onChange: (key: string) => void;
}

/** Takes the API key for the code below: pasted or newly created. Existing keys are stored as hashes and can't be shown. */
export function ApiKeyField({ environmentId, canCreate, value, onChange }: ApiKeyFieldProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const setKey = (text: string) => {
    setTyped(text);
    // Only safe characters, so the key cannot break out of a string literal in any language.
    onChange(/^sk_\w[\w-]{8,100}$/.test(text.trim()) ? text.trim() : "");
  };
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({
      onSuccess: async ({ secret }) => {
        setKey(secret);
        await queryClient.invalidateQueries(trpc.apiKeys.pathFilter());
      },
      // The response contains the secret, so it must not stay in the cache.
      gcTime: 0,
    }),
  );
  // The button disappears on success, so the focus moves to the field.
  const createKey = () =>
    create.mutate({ name: "First event", scopes: ["events:write"] }, { onSuccess: () => field.current?.focus() });
  const isInvalid = typed.trim() !== "" && value === "";
  return (
    <div className="space-y-2">
      <div className="flex items-start gap-2 max-sm:flex-col">
        <Field
          ref={field}
          label="Your API key"
          className="w-full min-w-0 [&_input]:font-mono"
          value={typed}
          onChange={(event) => setKey(event.target.value)}
          placeholder="sk_…"
          autoComplete="off"
          spellCheck={false}
          error={isInvalid ? "Keys start with sk_ and contain only letters, digits, - and _." : undefined}
        />
        {canCreate && !create.isSuccess && (
          <Button className="h-9! sm:mt-6.5" busy={create.isPending} onClick={createKey}>
            <KeyRound aria-hidden />
            Create a key for this code
          </Button>
        )}
      </div>
      <p role="status" className="text-xs text-muted">
        {create.isSuccess ? (
          <>
            This is your new key “First event”. You won&rsquo;t see it again. Save it now, or revoke it under{" "}
            <KeysLink environmentId={environmentId} /> when you&rsquo;re done.
          </>
        ) : (
          <>
            Only used to fill in the code below.{" "}
            {canCreate ? (
              <>
                Existing keys can&rsquo;t be shown again. See <KeysLink environmentId={environmentId} />.
              </>
            ) : (
              "Ask a workspace admin to create a key."
            )}
          </>
        )}
      </p>
      {create.error && (
        <p role="alert" className="text-xs text-danger">
          {problemOf(create.error).message}
        </p>
      )}
    </div>
  );
}

function KeysLink({ environmentId }: { readonly environmentId: string }) {
  return (
    <Link
      href={`/dashboard/${environmentId}/api-keys`}
      className="font-medium text-accent underline underline-offset-2"
    >
      API keys
    </Link>
  );
}
