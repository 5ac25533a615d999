import type { Role } from "@/schemas/team/roles";
import type { TeamMember } from "@/schemas/team/team";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { notFound } from "@/server/kernel/errors";
import type { WorkspaceScope } from "@/server/kernel/scopes";
import { lockOwners, requireAnotherOwner } from "./last-owner";

/** No list is unbounded; no team is this large. */
const MAX_MEMBERS = 1_000;

/** Lists the workspace's members by name. */
export function listMembers(scope: WorkspaceScope): Promise<TeamMember[]> {
  return scope.db.prisma.member.findMany({
    where: { workspaceId: scope.workspace.id },
    select: { id: true, name: true, email: true, role: true, createdAt: true, lastSignInAt: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MAX_MEMBERS,
  });
}

/**
 * Changes a member's role, effective from the member's next request.
 * @throws DomainError `not_found`; `conflict` if the workspace would have no owner
 */
export async function changeRole(scope: WorkspaceScope, memberId: string, role: Role): Promise<void> {
  await scope.db.prisma.$transaction(async (tx) => {
    const owners = await lockOwners(tx, scope);
    const member = await tx.member.findFirst({ where: { id: memberId, workspaceId: scope.workspace.id } });
    if (!member) throw notFound("Member", memberId);
    if (member.role === role) return;
    requireAnotherOwner(owners, memberId);
    await tx.member.update({ where: { id: memberId }, data: { role } });
    const details = { memberId, name: member.name, email: member.email, from: member.role, to: role };
    await recordActivity(tx, scope, "member.role_changed", details);
  });
}

/**
 * Removes a member, whose sessions end with the next request. Everything that the member created is kept.
 * @throws DomainError `not_found`; `conflict` if the workspace would have no owner
 */
export async function removeMember(scope: WorkspaceScope, memberId: string): Promise<void> {
  await scope.db.prisma.$transaction(async (tx) => {
    const owners = await lockOwners(tx, scope);
    const member = await tx.member.findFirst({ where: { id: memberId, workspaceId: scope.workspace.id } });
    if (!member) throw notFound("Member", memberId);
    requireAnotherOwner(owners, memberId);
    await tx.member.delete({ where: { id: memberId } });
    const details = { memberId, name: member.name, email: member.email, role: member.role };
    await recordActivity(tx, scope, "member.removed", details);
  });
}
