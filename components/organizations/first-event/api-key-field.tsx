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
  /** Told the key, or an empty text where what was typed is none. */
  readonly onChange: (key: string) => void;
}

/** Where the snippet's key comes from: pasted, or made for it. Keys are stored as hashes, so none can be looked up. */
export function ApiKeyField({ environmentId, canCreate, value, onChange }: ApiKeyFieldProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const take = (text: string) => {
    setTyped(text);
    // Nothing that a language could read as more than text gets into the snippet.
    onChange(/^sk_\w[\w-]{8,100}$/.test(text.trim()) ? text.trim() : "");
  };
  const make = useMutation(
    trpc.apiKeys.create.mutationOptions({
      onSuccess: async ({ secret }) => {
        take(secret);
        await queryClient.invalidateQueries(trpc.apiKeys.pathFilter());
      },
      // The answer holds the secret: it goes into the snippet and is not kept.
      gcTime: 0,
    }),
  );
  // The button that had the focus is gone then.
  const makeKey = () => make.mutate({ name: "First event" }, { onSuccess: () => field.current?.focus() });
  const isWrong = typed.trim() !== "" && value === "";
  return (
    <div className="space-y-2">
      <div className="flex items-start gap-2 max-sm:flex-col">
        <Field
          ref={field}
          label="Your API key"
          className="w-full min-w-0 [&_input]:font-mono"
          value={typed}
          onChange={(event) => take(event.target.value)}
          placeholder="sk_…"
          autoComplete="off"
          spellCheck={false}
          error={isWrong ? "A key begins with sk_ and is one word of letters, digits, - and _." : undefined}
        />
        {canCreate && !make.isSuccess && (
          <Button className="h-9! sm:mt-6.5" busy={make.isPending} onClick={makeKey}>
            <KeyRound aria-hidden />
            Make a key for this
          </Button>
        )}
      </div>
      <p role="status" className="text-xs text-muted">
        {make.isSuccess ? (
          <>
            This is the new key “First event”, here and now only: it cannot be shown again. Keep it, or revoke it under{" "}
            <KeysLink environmentId={environmentId} /> when you are done.
          </>
        ) : (
          <>
            It goes into the code below and nowhere else.{" "}
            {canCreate ? "Existing keys cannot be shown again; see " : "An admin of the workspace makes keys under "}
            <KeysLink environmentId={environmentId} />.
          </>
        )}
      </p>
      {make.error && (
        <p role="alert" className="text-xs text-danger">
          {problemOf(make.error).message}
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
