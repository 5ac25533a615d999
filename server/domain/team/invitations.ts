import type { Delivery, Invitation, NewInvitation } from "@/schemas/team/team";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { DomainError, notFound } from "@/server/kernel/errors";
import { hashSecret, newId, newSecret } from "@/server/kernel/ids";
import type { Principal, WorkspaceScope } from "@/server/kernel/scopes";
import { deliverLink } from "./deliver-link";

const DAYS = 7;
/** No list is unbounded; no team has this many invitations. */
const MAX_INVITATIONS = 1_000;

/** Lists the workspace's open invitations, newest first, including expired ones, which can be resent. */
export async function listInvitations(scope: WorkspaceScope): Promise<Invitation[]> {
  const rows = await scope.db.prisma.invitation.findMany({
    where: { workspaceId: scope.workspace.id },
    orderBy: { id: "desc" },
    take: MAX_INVITATIONS,
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
 * Invites a person for seven days. Inviting the same email address again replaces the earlier invitation. Inviting a member
 * of another workspace is no different, so that no one learns who is a member there; the person can't accept it while the
 * other membership lasts.
 * @throws DomainError `conflict` if the address already belongs to a member of this workspace
 */
export async function inviteMember(scope: WorkspaceScope, { email, role }: NewInvitation): Promise<Delivery> {
  const token = newSecret();
  const now = scope.now();
  await scope.db.prisma.$transaction(async (tx) => {
    const own = { email, workspaceId: scope.workspace.id };
    if (await tx.member.findFirst({ where: own, select: { id: true } })) {
      throw new DomainError("conflict", `${email} is already a member of this workspace.`);
    }
    const values = { role, invitedBy: scope.principal, ...newLink(token, now) };
    const { id } = await tx.invitation.upsert({
      where: { workspaceId_email: { workspaceId: scope.workspace.id, email } },
      create: { id: newId("invitation", now), workspaceId: scope.workspace.id, email, createdAt: now, ...values },
      update: values,
    });
    await recordActivity(tx, scope, "member.invited", { invitationId: id, email, role });
  });
  return deliver(scope, email, token);
}

/**
 * Resends an invitation for another seven days. The previous link stops working.
 * @throws DomainError `not_found`
 */
export async function resendInvitation(scope: WorkspaceScope, invitationId: string): Promise<Delivery> {
  const token = newSecret();
  const email = await scope.db.prisma.$transaction(async (tx) => {
    const own = { id: invitationId, workspaceId: scope.workspace.id };
    const { count } = await tx.invitation.updateMany({ where: own, data: newLink(token, scope.now()) });
    if (count === 0) throw notFound("Invitation", invitationId);
    const { email } = await tx.invitation.findUniqueOrThrow({ where: { id: invitationId } });
    await recordActivity(tx, scope, "member.invitation_resent", { invitationId, email });
    return email;
  });
  return deliver(scope, email, token);
}

/**
 * Revokes an invitation; its link stops working.
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

function newLink(token: string, now: Date) {
  return { tokenHash: hashSecret(token), sentAt: now, expiresAt: new Date(now.getTime() + DAYS * 86_400_000) };
}

function deliver(scope: WorkspaceScope, to: string, token: string): Promise<Delivery> {
  const { workspace, principal, config } = scope;
  return deliverLink(scope, `${config.publicUrl}/invitation?token=${token}`, {
    to,
    subject: `${workspace.name}: invitation to Trailport`,
    textWith: (link) =>
      [
        `${principal.name} invited you to ${workspace.name}'s audit logs on Trailport.`,
        `Open this link within ${DAYS} days to choose a password:`,
        link,
        "If you didn't expect this, you can ignore this email.",
      ].join("\n\n"),
  });
}
