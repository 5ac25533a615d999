"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
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
  const problem = rename.error && problemOf(rename.error);
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
        error={problem ? (problem.violations[0]?.message ?? problem.message) : undefined}
      />
      <div>
        <Button type="submit" tone="primary" busy={rename.isPending}>
          Save name
        </Button>
      </div>
    </form>
  );
}
