"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { formText } from "@/components/ui/forms/form-text";
import { useToast } from "@/components/ui/overlays/toast";
import type { Organization } from "@/schemas/organizations/organization";

interface DetailsFormProps {
  readonly organization: Organization;
  readonly isReadOnly: boolean;
}

/** The organization's name, external id and domains. The rules are the server's, which names the field that breaks one. */
export function DetailsForm({ organization, isReadOnly }: DetailsFormProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const queryClient = useQueryClient();
  const save = useMutation(
    trpc.organizations.update.mutationOptions({
      onSuccess: async (saved) => {
        queryClient.setQueryData(trpc.organizations.byId.queryKey({ organizationId: saved.id }), saved);
        toast({ tone: "positive", title: "Organization saved" });
        // The heading and the title, which the server makes.
        router.refresh();
        await queryClient.invalidateQueries(trpc.organizations.pathFilter());
      },
    }),
  );
  const problem = save.error && problemOf(save.error);
  const errorOf = (field: string) =>
    problem?.violations.find((each) => each.field.startsWith(`changes.${field}`))?.message;
  const named = ["name", "externalId", "domains"].some((field) => errorOf(field));

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = (name: string) => formText(form, name).trim();
    const known = new Map(organization.domains.map((each) => [each.domain, each.state]));
    const domains = text("domains")
      .split(/[\s,]+/)
      .filter((domain) => domain !== "")
      .map((domain) => ({ domain, state: known.get(domain.toLowerCase()) ?? ("unverified" as const) }));
    save.mutate({
      organizationId: organization.id,
      changes: { name: text("name"), externalId: text("external_id") || null, domains },
    });
  };
  return (
    // Anew with what was saved, as the server spells it.
    <form key={organization.updatedAt.toISOString()} onSubmit={submit} className="grid gap-4">
      <Field
        label="Name"
        name="name"
        required
        autoComplete="off"
        maxLength={255}
        readOnly={isReadOnly}
        defaultValue={organization.name}
        error={errorOf("name")}
      />
      <Field
        label="External ID"
        name="external_id"
        required={false}
        autoComplete="off"
        maxLength={128}
        readOnly={isReadOnly}
        defaultValue={organization.externalId ?? ""}
        hint="What your own system calls it."
        error={errorOf("externalId")}
      />
      <Field
        label="Domains"
        name="domains"
        required={false}
        autoComplete="off"
        readOnly={isReadOnly}
        defaultValue={organization.domains.map((each) => each.domain).join(", ")}
        hint="Separated by commas. They help to find it."
        error={errorOf("domains")}
      />
      {problem && !named && <FormProblem message={problem.message} />}
      {!isReadOnly && (
        <div>
          <Button type="submit" tone="primary" busy={save.isPending}>
            Save details
          </Button>
        </div>
      )}
    </form>
  );
}
