"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTRPC } from "@/components/trpc/context";
import { singleFieldError } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/forms/field";
import { formText } from "@/components/ui/forms/form-text";
import { Select } from "@/components/ui/forms/select";
import type { Role } from "@/schemas/team/roles";
import type { Delivery } from "@/schemas/team/team";
import { ROLE_DESCRIPTIONS, ROLE_OPTIONS } from "./role-labels";

interface InviteFormProps {
  readonly onCancel: () => void;
  readonly onInvited: (delivery: Delivery, email: string) => void;
}

/** Asks for the email and role of a new member. */
export function InviteForm({ onCancel, onInvited }: InviteFormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [role, setRole] = useState<Role>("member");
  const invite = useMutation(
    trpc.team.invite.mutationOptions({
      onSuccess: async (delivery, { email }) => {
        onInvited(delivery, email);
        await queryClient.invalidateQueries(trpc.team.pathFilter());
      },
      // The response can contain the link, which must not stay in the cache.
      gcTime: 0,
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    invite.mutate({ email: formText(event.currentTarget, "email").trim(), role });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field
        label="Email"
        name="email"
        type="email"
        required
        autoComplete="off"
        maxLength={320}
        error={singleFieldError(invite.error)}
      />
      <Select label="Role" value={role} onChange={setRole} options={ROLE_OPTIONS} />
      <p className="-mt-2 text-xs text-muted">{ROLE_DESCRIPTIONS[role]}</p>
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone="primary" busy={invite.isPending}>
          {invite.isPending ? "Inviting…" : "Invite"}
        </Button>
      </DialogActions>
    </form>
  );
}
