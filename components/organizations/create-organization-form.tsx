"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/overlays/dialog";
import { OrganizationFields, organizationValues } from "./organization-fields";

interface CreateOrganizationFormProps {
  readonly environmentId: string;
  readonly onCancel: () => void;
}

/** Creates an organization, then opens its page. */
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
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate(organizationValues(event.currentTarget, null));
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <OrganizationFields organization={null} error={create.error} />
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone="primary" busy={create.isPending}>
          {create.isPending ? "Creating…" : "Create organization"}
        </Button>
      </DialogActions>
    </form>
  );
}
