"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { useTRPC } from "@/components/trpc/context";
import { singleFieldError } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { formText } from "@/components/ui/forms/form-text";
import { useToast } from "@/components/ui/overlays/toast";

/** Changes the member's own name. */
export function NameForm({ name }: { readonly name: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const rename = useMutation(
    trpc.account.rename.mutationOptions({
      onSuccess: async () => {
        toast({ tone: "positive", title: "Name saved" });
        // The account menu shows the name too.
        router.refresh();
        await Promise.all([
          queryClient.invalidateQueries(trpc.account.pathFilter()),
          queryClient.invalidateQueries(trpc.team.pathFilter()),
        ]);
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    rename.mutate({ name: formText(event.currentTarget, "name") });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field
        label="Name"
        name="name"
        required
        maxLength={100}
        autoComplete="name"
        dir="auto"
        defaultValue={name}
        error={singleFieldError(rename.error)}
      />
      <div>
        <Button type="submit" tone="primary" busy={rename.isPending}>
          Save name
        </Button>
      </div>
    </form>
  );
}
