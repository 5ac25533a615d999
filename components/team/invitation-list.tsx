"use client";

import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { Timestamp } from "@/components/time/timestamp";
import { useTRPC } from "@/components/trpc/context";
import { Badge } from "@/components/ui/badge";
import { UserText } from "@/components/ui/user-text";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import type { Invitation } from "@/schemas/team/team";
import { InvitationActions } from "./invitation-actions";
import { ROLE_LABELS } from "./role-labels";

/** Lists the invitations that have not been accepted. Renders nothing when there are none. */
export function InvitationList() {
  const trpc = useTRPC();
  const invitations = useQuery(trpc.team.invitations.queryOptions());
  if (invitations.error && !invitations.data)
    return <ProblemNotice what="invitations" error={invitations.error} onRetry={() => void invitations.refetch()} />;
  if (!invitations.data || invitations.data.length === 0) return null;
  // Whether an invitation has expired is decided as of when the list was fetched.
  const now = new Date(invitations.dataUpdatedAt);
  return (
    <section className="mt-8">
      <h2 className="mb-3 font-semibold">Invitations</h2>
      <Table label="Invitations" columns={["Email", "Role", "Expires"]} className="[--cols:minmax(0,1fr)_7rem_15rem]">
        {invitations.data.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} isExpired={invitation.expiresAt <= now} />
        ))}
      </Table>
    </section>
  );
}

function InvitationRow({ invitation, isExpired }: { readonly invitation: Invitation; readonly isExpired: boolean }) {
  return (
    <TableRow className="grid-cols-[minmax(0,1fr)_auto]">
      <TableCell>
        <UserText className="font-medium">{invitation.email}</UserText>
        <UserText className="text-xs text-muted">{`Invited by ${invitation.invitedBy}`}</UserText>
      </TableCell>
      <TableCell className="max-md:row-start-2">
        <span className="flex gap-1.5">
          <Badge>{ROLE_LABELS[invitation.role]}</Badge>
          <span className="md:hidden">{isExpired && <Badge tone="caution">Expired</Badge>}</span>
        </span>
      </TableCell>
      <TableCell className="flex items-center justify-between gap-3 text-muted max-md:col-start-2 max-md:row-start-1">
        <span className="max-md:hidden">
          {isExpired ? (
            <Badge tone="caution">Expired</Badge>
          ) : (
            <Timestamp time={invitation.expiresAt} layout="stacked" />
          )}
        </span>
        <InvitationActions invitation={invitation} />
      </TableCell>
    </TableRow>
  );
}
