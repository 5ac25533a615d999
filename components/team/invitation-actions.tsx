"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, RotateCw, Undo2 } from "lucide-react";
import { useRef, useState } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { buttonStyle } from "@/components/ui/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Menu } from "@/components/ui/overlays/menu";
import { MenuItem } from "@/components/ui/overlays/menu-items";
import { useToast } from "@/components/ui/overlays/toast";
import type { Invitation } from "@/schemas/team/team";
import { ShareLink, type UnsentLink } from "./share-link";

/** Resends an invitation with a new link, or revokes it. Revoking needs no confirmation, since inviting again undoes it. */
export function InvitationActions({ invitation: { id, email } }: { readonly invitation: Invitation }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const trigger = useRef<HTMLButtonElement>(null);
  const [unsent, setUnsent] = useState<UnsentLink | null>(null);
  const onError = (error: unknown) => toast({ tone: "danger", title: problemOf(error).message });
  const refresh = () => queryClient.invalidateQueries(trpc.team.pathFilter());
  const resend = useMutation(
    trpc.team.resendInvitation.mutationOptions({
      gcTime: 0,
      onError,
      onSuccess: async (delivery) => {
        if (delivery.kind === "unsent") setUnsent(delivery);
        else toast({ tone: "positive", title: `Sent another email to ${email}` });
        await refresh();
      },
    }),
  );
  const revoke = useMutation(
    trpc.team.revokeInvitation.mutationOptions({
      onError,
      onSuccess: async () => {
        toast({ tone: "positive", title: "Invitation revoked", description: "The link no longer works." });
        await refresh();
      },
    }),
  );
  return (
    <>
      <Menu
        align="end"
        triggerRef={trigger}
        triggerLabel={`Manage invitation for ${email}`}
        triggerClassName={buttonStyle("quiet", "icon")}
        trigger={<Ellipsis aria-hidden />}
      >
        <MenuItem onSelect={() => resend.mutate({ invitationId: id })}>
          <RotateCw aria-hidden />
          Resend invitation
        </MenuItem>
        <MenuItem onSelect={() => revoke.mutate({ invitationId: id })}>
          <Undo2 aria-hidden />
          Revoke invitation
        </MenuItem>
      </Menu>
      <Dialog
        open={unsent !== null}
        onOpenChange={(open) => !open && setUnsent(null)}
        title="Invitation link"
        returnFocusTo={trigger}
      >
        {unsent && <ShareLink delivery={unsent} email={email} lifetime="7 days" onDone={() => setUnsent(null)} />}
      </Dialog>
    </>
  );
}
