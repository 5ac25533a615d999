"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { OrganizationFields, organizationValues } from "@/components/organizations/organization-fields";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/overlays/toast";
import type { Organization } from "@/schemas/organizations/organization";

interface DetailsFormProps {
  readonly organization: Organization;
  readonly isReadOnly: boolean;
}

/** Shows and changes the organization's name, external ID and domains. */
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
        // The server renders the heading and the page title.
        router.refresh();
        await queryClient.invalidateQueries(trpc.organizations.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const changes = organizationValues(event.currentTarget, organization);
    save.mutate({ organizationId: organization.id, changes });
  };
  return (
    // The key resets the fields to the saved values after a save, since the server normalizes them.
    <form key={organization.updatedAt.toISOString()} onSubmit={submit} className="grid gap-4">
      <OrganizationFields organization={organization} isReadOnly={isReadOnly} error={save.error} />
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
