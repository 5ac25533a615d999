"use client";

import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { Timestamp } from "@/components/time/timestamp";
import { useTRPC } from "@/components/trpc/context";
import { Badge } from "@/components/ui/badge";
import { UserText } from "@/components/ui/user-text";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import type { TeamMember } from "@/schemas/team/team";
import { MemberMenu } from "./member-menu";
import { ROLE_LABELS } from "./role-labels";

interface MemberListProps {
  readonly canManage: boolean;
  /** The email of the signed-in member. */
  readonly self: string;
}

/** Lists the workspace's members with their role and last sign-in. */
export function MemberList({ canManage, self }: MemberListProps) {
  const trpc = useTRPC();
  const members = useQuery(trpc.team.members.queryOptions());
  if (members.isPending) return <SkeletonRows rows={3} label="Loading members" />;
  if (!members.data)
    return <ProblemNotice what="members" error={members.error} onRetry={() => void members.refetch()} />;
  return (
    <Table label="Members" columns={["Member", "Role", "Last sign-in"]} className="[--cols:minmax(0,1fr)_7rem_15rem]">
      {members.data.map((member) => (
        <MemberRow key={member.id} member={member} canManage={canManage} isSelf={member.email === self} />
      ))}
    </Table>
  );
}

interface MemberRowProps {
  readonly member: TeamMember;
  readonly canManage: boolean;
  readonly isSelf: boolean;
}

function MemberRow({ member, canManage, isSelf }: MemberRowProps) {
  return (
    <TableRow className="grid-cols-[minmax(0,1fr)_auto]">
      <TableCell>
        <span className="flex min-w-0 items-baseline gap-2">
          <UserText className="font-medium">{member.name}</UserText>
          {isSelf && <span className="shrink-0 text-xs text-faint">You</span>}
        </span>
        <UserText className="text-xs text-muted">{member.email}</UserText>
      </TableCell>
      <TableCell className="max-md:row-start-2">
        <Badge tone={member.role === "owner" ? "accent" : "neutral"}>{ROLE_LABELS[member.role]}</Badge>
      </TableCell>
      <TableCell className="flex items-center justify-between gap-3 text-muted max-md:col-start-2 max-md:row-start-1">
        <span className="max-md:hidden">
          {member.lastSignInAt ? (
            <Timestamp time={member.lastSignInAt} layout="stacked" />
          ) : (
            <span className="text-faint">Never</span>
          )}
        </span>
        {canManage && <MemberMenu member={member} isSelf={isSelf} />}
      </TableCell>
    </TableRow>
  );
}
