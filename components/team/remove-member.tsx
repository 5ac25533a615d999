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

/** Asks before somebody is removed, or leaves. */
export function RemoveMember({ member, isSelf, ...dialog }: RemoveMemberProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const remove = useMutation(
    trpc.team.remove.mutationOptions({
      onSuccess: async () => {
        // Nobody is signed in any more.
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
      keep={isSelf ? "Stay" : "Keep them"}
      confirm={isSelf ? "Leave" : "Remove"}
      act={remove}
      onConfirm={() => remove.mutate({ memberId: member.id })}
    >
      {isSelf ? (
        "You are signed out at once, and come back only if somebody invites you."
      ) : (
        <>
          <bdi className="font-medium text-ink wrap-anywhere">{member.name}</bdi> is signed out at once and can no
          longer see anything.
        </>
      )}{" "}
      API keys, exports and portal links that {isSelf ? "you" : "they"} made stay as they are.
    </Confirmation>
  );
}
