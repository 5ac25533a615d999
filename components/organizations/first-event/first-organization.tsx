"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { OrganizationNameField } from "@/components/organizations/organization-fields";
import { useTRPC } from "@/components/trpc/context";
import { singleFieldError } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { formText } from "@/components/ui/forms/form-text";
import { roleAllows, type Role } from "@/schemas/team/roles";

interface FirstOrganizationProps {
  readonly role: Role;
  /** Called once the organization list includes it. */
  readonly onCreated: () => void;
}

/** Creates the first organization. Every event belongs to one, and its name is enough to start. */
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
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate({ name: formText(event.currentTarget, "name").trim() });
  };
  return (
    <section aria-labelledby="first-organization" className="rounded-lg border bg-surface p-4 sm:p-8">
      <h2 id="first-organization" className="text-lg font-semibold tracking-[-0.01em]">
        Create your first organization
      </h2>
      <p className="mt-1 max-w-prose text-muted">
        An organization is one of your customers. Next, you&rsquo;ll send its first event.
      </p>
      {roleAllows(role, "admin") ? (
        <form onSubmit={submit} className="mt-6 flex max-w-lg items-start gap-2 max-sm:flex-col">
          <OrganizationNameField placeholder="Acme" className="w-full min-w-0" error={singleFieldError(create.error)} />
          <Button type="submit" tone="primary" className="h-9! sm:mt-6.5" busy={create.isPending}>
            Create and continue
          </Button>
        </form>
      ) : (
        <p className="mt-4 max-w-prose">
          Only workspace admins and owners can create organizations. Ask one of them to create it. This page then
          continues automatically.
        </p>
      )}
    </section>
  );
}
