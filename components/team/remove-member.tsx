"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RefObject } from "react";
import { Confirmation } from "@/components/feedback/confirmation";
import { useTRPC } from "@/components/trpc/context";
import { useToast } from "@/components/ui/overlays/toast";
import type { TeamMember } from "@/schemas/team/team";

interface RemoveMemberProps {
  readonly member: TeamMember;
  readonly isSelf: boolean;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly returnFocusTo: RefObject<HTMLElement | null>;
}

/** Asks for confirmation before a member is removed or leaves. */
export function RemoveMember({ member, isSelf, ...dialog }: RemoveMemberProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const remove = useMutation(
    trpc.team.remove.mutationOptions({
      onSuccess: async () => {
        // Leaving has signed the user out.
        if (isSelf) return location.assign("/sign-in");
        dialog.onOpenChange(false);
        toast({ tone: "positive", title: `Removed ${member.name}` });
        await queryClient.invalidateQueries(trpc.team.pathFilter());
      },
    }),
  );
  return (
    <Confirmation
      {...dialog}
      title={isSelf ? "Leave workspace" : "Remove member"}
      confirm={isSelf ? "Leave" : "Remove"}
      mutation={remove}
      onConfirm={() => remove.mutate({ memberId: member.id })}
    >
      {isSelf ? (
        "You’ll be signed out and need a new invitation to return."
      ) : (
        <>
          <bdi className="font-medium text-ink wrap-anywhere">{member.name}</bdi> will be signed out immediately and
          lose access.
        </>
      )}{" "}
      {isSelf ? "Your" : "Their"} API keys, exports and portal links are kept.
    </Confirmation>
  );
}
