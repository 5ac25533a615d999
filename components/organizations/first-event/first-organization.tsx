"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { formText } from "@/components/ui/forms/form-text";
import { roleAllows, type Role } from "@/schemas/team/roles";

interface FirstOrganizationProps {
  readonly role: Role;
  /** Called as soon as the lists have it. */
  readonly onCreated: () => void;
}

/** Makes the organization that every event needs to belong to, with its name alone; the rest can follow. */
export function FirstOrganization({ role, onCreated }: FirstOrganizationProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.organizations.create.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.organizations.pathFilter());
        onCreated();
      },
    }),
  );
  const problem = create.error && problemOf(create.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate({ name: formText(event.currentTarget, "name").trim() });
  };
  return (
    <section aria-labelledby="first-organization" className="rounded-lg border bg-surface p-4 sm:p-8">
      <h2 id="first-organization" className="text-lg font-semibold tracking-[-0.01em]">
        Create the first organization
      </h2>
      <p className="mt-1 max-w-prose text-muted">
        It stands for one of your customers: events, exports and portal links belong to one. Next comes the code that
        sends its first event.
      </p>
      {roleAllows(role, "admin") ? (
        <form onSubmit={submit} className="mt-6 flex max-w-lg items-start gap-2 max-sm:flex-col">
          <Field
            label="Name"
            name="name"
            required
            autoComplete="off"
            maxLength={255}
            placeholder="Acme"
            className="w-full min-w-0"
            error={problem ? (problem.violations[0]?.message ?? problem.message) : undefined}
          />
          <Button type="submit" tone="primary" className="h-9! sm:mt-6.5" busy={create.isPending}>
            Create and go on
          </Button>
        </form>
      ) : (
        <p className="mt-4 max-w-prose">
          Your role is {role}. An admin or owner of the workspace creates it, here or with your backend; this page then
          goes on by itself.
        </p>
      )}
    </section>
  );
}
