"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, KeyRound, UserMinus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { buttonStyle } from "@/components/ui/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Menu } from "@/components/ui/overlays/menu";
import { MenuItem, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuSeparator } from "@/components/ui/overlays/menu-items";
import { useToast } from "@/components/ui/overlays/toast";
import { ROLES } from "@/schemas/team/roles";
import type { TeamMember } from "@/schemas/team/team";
import { RemoveMember } from "./remove-member";
import { ROLE_OPTIONS, withArticle } from "./role-labels";
import { ShareLink, type UnsentLink } from "./share-link";

interface MemberMenuProps {
  readonly member: TeamMember;
  readonly isSelf: boolean;
}

/** The menu in which an owner manages a member. */
export function MemberMenu({ member, isSelf }: MemberMenuProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<"removal" | UnsentLink | null>(null);
  const failed = (error: unknown) => toast({ tone: "danger", title: problemOf(error).message });
  const changeRole = useMutation(
    trpc.team.changeRole.mutationOptions({
      onError: failed,
      onSuccess: async (_, { role }) => {
        toast({ tone: "positive", title: `${member.name} is now ${withArticle(role)}` });
        // The server renders pages by role, so a change to one's own role must reload them.
        if (isSelf) router.refresh();
        await queryClient.invalidateQueries(trpc.team.pathFilter());
      },
    }),
  );
  const createResetLink = useMutation(
    trpc.team.createResetLink.mutationOptions({
      gcTime: 0,
      onError: failed,
      onSuccess: (delivery) => {
        if (delivery.kind === "unsent") return setOpen(delivery);
        toast({ tone: "positive", title: `Sent a password reset link to ${delivery.email}` });
      },
    }),
  );
  return (
    <>
      <Menu
        align="end"
        className="w-56"
        triggerRef={trigger}
        triggerLabel={`Manage ${member.name}`}
        triggerClassName={buttonStyle("quiet", "icon")}
        trigger={<Ellipsis aria-hidden />}
      >
        <MenuLabel>Role</MenuLabel>
        <MenuRadioGroup
          value={member.role}
          onValueChange={(value) => {
            const role = ROLES.find((each) => each === value);
            if (role && role !== member.role) changeRole.mutate({ memberId: member.id, role });
          }}
        >
          {ROLE_OPTIONS.map(({ value, label }) => (
            <MenuRadioItem key={value} value={value}>
              {label}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
        <MenuSeparator />
        {!isSelf && (
          <MenuItem onSelect={() => createResetLink.mutate({ memberId: member.id })}>
            <KeyRound aria-hidden />
            Create password reset link
          </MenuItem>
        )}
        <MenuItem onSelect={() => setOpen("removal")}>
          <UserMinus aria-hidden />
          {isSelf ? "Leave workspace" : "Remove from workspace"}
        </MenuItem>
      </Menu>
      <RemoveMember
        member={member}
        isSelf={isSelf}
        open={open === "removal"}
        onOpenChange={(next) => setOpen(next ? "removal" : null)}
        returnFocusTo={trigger}
      />
      <Dialog
        open={typeof open === "object" && open !== null}
        onOpenChange={(next) => !next && setOpen(null)}
        title="Password reset link"
        returnFocusTo={trigger}
      >
        {typeof open === "object" && open !== null && (
          <ShareLink delivery={open} email={member.email} lifetime="24 hours" onDone={() => setOpen(null)} />
        )}
      </Dialog>
    </>
  );
}
