import type { Delivery, Invitation, NewInvitation } from "@/schemas/team/team";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { DomainError, notFound } from "@/server/kernel/errors";
import { hashSecret, newId, newSecret } from "@/server/kernel/ids";
import type { Principal, WorkspaceScope } from "@/server/kernel/scopes";
import { deliverLink } from "./deliver-link";

const DAYS = 7;
/** More than any team invites; no list is without bound. */
const MOST = 1_000;

/** The workspace's open invitations, newest first; expired ones included, since they can be sent again. */
export async function listInvitations(scope: WorkspaceScope): Promise<Invitation[]> {
  const rows = await scope.db.prisma.invitation.findMany({
    where: { workspaceId: scope.workspace.id },
    orderBy: { id: "desc" },
    take: MOST,
  });
  return rows.map(({ id, email, role, invitedBy, sentAt, expiresAt }) => ({
    id,
    email,
    role,
    // Written below from the scope's principal.
    invitedBy: (invitedBy as unknown as Principal).name,
    sentAt,
    expiresAt,
  }));
}

/**
 * Invites somebody for seven days. Inviting the same address again takes the place of the earlier invitation.
 * @throws DomainError `conflict` when the address belongs to a member already
 */
export async function inviteMember(scope: WorkspaceScope, { email, role }: NewInvitation): Promise<Delivery> {
  const token = newSecret();
  const now = scope.now();
  await scope.db.prisma.$transaction(async (tx) => {
    const existing = await tx.member.findUnique({ where: { email }, select: { workspaceId: true } });
    if (existing) {
      const whose = existing.workspaceId === scope.workspace.id ? "a member already" : "a member of another workspace";
      throw new DomainError("conflict", `${email} is ${whose}.`);
    }
    const given = { role, invitedBy: scope.principal, ...fresh(token, now) };
    const { id } = await tx.invitation.upsert({
      where: { workspaceId_email: { workspaceId: scope.workspace.id, email } },
      create: { id: newId("invitation", now), workspaceId: scope.workspace.id, email, createdAt: now, ...given },
      update: given,
    });
    await recordActivity(tx, scope, "member.invited", { invitationId: id, email, role });
  });
  return deliver(scope, email, token);
}

/**
 * Sends an invitation again, for another seven days. The link that was sent before opens nothing any more.
 * @throws DomainError `not_found`
 */
export async function resendInvitation(scope: WorkspaceScope, invitationId: string): Promise<Delivery> {
  const token = newSecret();
  const email = await scope.db.prisma.$transaction(async (tx) => {
    const own = { id: invitationId, workspaceId: scope.workspace.id };
    const { count } = await tx.invitation.updateMany({ where: own, data: fresh(token, scope.now()) });
    if (count === 0) throw notFound("Invitation", invitationId);
    const { email } = await tx.invitation.findUniqueOrThrow({ where: { id: invitationId } });
    await recordActivity(tx, scope, "member.invitation_resent", { invitationId, email });
    return email;
  });
  return deliver(scope, email, token);
}

/**
 * Withdraws an invitation: its link opens nothing any more.
 * @throws DomainError `not_found`
 */
export async function revokeInvitation(scope: WorkspaceScope, invitationId: string): Promise<void> {
  await scope.db.prisma.$transaction(async (tx) => {
    const own = { id: invitationId, workspaceId: scope.workspace.id };
    const invitation = await tx.invitation.findFirst({ where: own });
    const { count } = await tx.invitation.deleteMany({ where: own });
    if (!invitation || count === 0) throw notFound("Invitation", invitationId);
    await recordActivity(tx, scope, "member.invitation_revoked", { invitationId, email: invitation.email });
  });
}

function fresh(token: string, now: Date) {
  return { tokenHash: hashSecret(token), sentAt: now, expiresAt: new Date(now.getTime() + DAYS * 86_400_000) };
}

function deliver(scope: WorkspaceScope, to: string, token: string): Promise<Delivery> {
  const { workspace, principal, config } = scope;
  return deliverLink(scope, `${config.publicUrl}/invitation?token=${token}`, {
    to,
    subject: `${workspace.name}: invitation to Trailport`,
    textWith: (link) =>
      [
        `${principal.name} invites you to the audit logs of ${workspace.name}, which Trailport keeps.`,
        `Open this link within ${DAYS} days to choose a password:`,
        link,
        "If you did not expect this, leave it alone: nothing happens unless you open it.",
      ].join("\n\n"),
  });
}
