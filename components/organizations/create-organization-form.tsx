"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/forms/field";
import { formText } from "@/components/ui/forms/form-text";
import { FormProblem } from "@/components/ui/forms/form-problem";

interface CreateOrganizationFormProps {
  readonly environmentId: string;
  readonly onCancel: () => void;
}

/** The form; leads to the new organization. The rules are the server's, which names the field that breaks one. */
export function CreateOrganizationForm({ environmentId, onCancel }: CreateOrganizationFormProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.organizations.create.mutationOptions({
      onSuccess: async ({ id }) => {
        router.push(`/dashboard/${environmentId}/organizations/${id}`);
        await queryClient.invalidateQueries(trpc.organizations.pathFilter());
      },
    }),
  );
  const problem = create.error && problemOf(create.error);
  const errorOf = (field: string) =>
    problem?.violations.find((each) => each.field === field || each.field.startsWith(`${field}.`))?.message;
  const named = ["name", "externalId", "domains"].some((field) => errorOf(field));

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = (name: string) => formText(form, name).trim();
    create.mutate({
      name: text("name"),
      externalId: text("external_id") || null,
      domains: text("domains")
        .split(/[\s,]+/)
        .filter((domain) => domain !== "")
        .map((domain) => ({ domain, state: "unverified" as const })),
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label="Name" name="name" required autoComplete="off" maxLength={255} error={errorOf("name")} />
      <Field
        label="External ID"
        name="external_id"
        required={false}
        autoComplete="off"
        maxLength={128}
        hint="What your own system calls it."
        error={errorOf("externalId")}
      />
      <Field
        label="Domains"
        name="domains"
        required={false}
        autoComplete="off"
        placeholder="example.com, example.org"
        hint="Separated by commas. They help to find it."
        error={errorOf("domains")}
      />
      {problem && !named && <FormProblem message={problem.message} />}
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone="primary" busy={create.isPending}>
          {create.isPending ? "Creating…" : "Create organization"}
        </Button>
      </DialogActions>
    </form>
  );
}
