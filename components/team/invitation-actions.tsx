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
import type { Delivery, Invitation } from "@/schemas/team/team";
import { ShareLink } from "./share-link";

/** Sends an invitation again, with a new link, or withdraws it, which inviting again undoes. */
export function InvitationActions({ invitation: { id, email } }: { readonly invitation: Invitation }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const trigger = useRef<HTMLButtonElement>(null);
  const [handed, setHanded] = useState<Extract<Delivery, { readonly by: "hand" }> | null>(null);
  const onError = (error: unknown) => toast({ tone: "danger", title: problemOf(error).message });
  const refresh = () => queryClient.invalidateQueries(trpc.team.pathFilter());
  const resend = useMutation(
    trpc.team.resendInvitation.mutationOptions({
      gcTime: 0,
      onError,
      onSuccess: async (delivery) => {
        if (delivery.by === "hand") setHanded(delivery);
        else toast({ tone: "positive", title: `Sent another mail to ${email}` });
        await refresh();
      },
    }),
  );
  const revoke = useMutation(
    trpc.team.revokeInvitation.mutationOptions({
      onError,
      onSuccess: async () => {
        toast({ tone: "positive", title: "Invitation withdrawn", description: "Its link opens nothing any more." });
        await refresh();
      },
    }),
  );
  return (
    <>
      <Menu
        align="end"
        triggerRef={trigger}
        triggerLabel={`Manage the invitation of ${email}`}
        triggerClassName={buttonStyle("quiet", "icon")}
        trigger={<Ellipsis aria-hidden />}
      >
        <MenuItem onSelect={() => resend.mutate({ invitationId: id })}>
          <RotateCw aria-hidden />
          Send again with a new link
        </MenuItem>
        <MenuItem onSelect={() => revoke.mutate({ invitationId: id })}>
          <Undo2 aria-hidden />
          Withdraw
        </MenuItem>
      </Menu>
      <Dialog
        open={handed !== null}
        onOpenChange={(open) => !open && setHanded(null)}
        title="Invitation link"
        returnFocusTo={trigger}
      >
        {handed && <ShareLink delivery={handed} email={email} lifetime="7 days" onDone={() => setHanded(null)} />}
      </Dialog>
    </>
  );
}
