import type { Acceptance } from "@/schemas/team/account";
import type { InvitationPreview } from "@/schemas/team/team";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { hashPassword } from "@/server/domain/workspaces/passwords";
import { DomainError } from "@/server/kernel/errors";
import { hashSecret, newId } from "@/server/kernel/ids";
import type { Principal } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

/** Returns who is invited to which workspace, without using the link; null if the link is not valid. */
export async function previewInvitation(services: Services, token: string): Promise<InvitationPreview | null> {
  const row = await services.db.prisma.invitation.findUnique({
    where: { tokenHash: hashSecret(token), expiresAt: { gt: services.now() } },
    include: { workspace: { select: { name: true } } },
  });
  if (!row) return null;
  const { name: invitedBy } = row.invitedBy as unknown as Principal;
  return { email: row.email, role: row.role, workspaceName: row.workspace.name, invitedBy };
}

/**
 * Creates a member with this name and password; only one of any number of parallel calls succeeds.
 * @throws DomainError `gone` if the link is unknown, used, revoked, replaced or expired, or its address already belongs to
 * a member of another workspace
 */
export async function acceptInvitation(
  services: Services,
  { token, name, password }: Acceptance,
): Promise<{ readonly email: string }> {
  const where = { tokenHash: hashSecret(token) };
  // Hashing is slow on purpose, so invalid links are rejected first.
  if (!(await previewInvitation(services, token))) throw gone();
  return join(services, where, { name, passwordHash: await hashPassword(password) });
}

/**
 * Creates a member for an invited person whom an identity provider has authenticated.
 * @throws DomainError `gone` if this email has no valid invitation
 */
export async function joinByEmail(
  services: Services,
  { email, name }: { readonly email: string; readonly name: string },
): Promise<void> {
  const invitation = await services.db.prisma.invitation.findFirst({
    where: { email, expiresAt: { gt: services.now() } },
    orderBy: { sentAt: "desc" },
    select: { id: true },
  });
  if (!invitation) throw gone();
  await join(services, invitation, { name, passwordHash: null });
}

async function join(
  services: Services,
  where: { readonly id: string } | { readonly tokenHash: Uint8Array<ArrayBuffer> },
  person: { readonly name: string; readonly passwordHash: string | null },
): Promise<{ readonly email: string }> {
  const now = services.now();
  return services.db.prisma.$transaction(async (tx) => {
    const invitation = await tx.invitation.findUnique({ where, include: { workspace: true } });
    if (!invitation) throw gone();
    const { id: invitationId, email, role, workspace } = invitation;
    const { count } = await tx.invitation.deleteMany({ where: { ...where, expiresAt: { gt: now } } });
    // The response is the same whether the invitation is gone or its address belongs to a member of another workspace.
    if (count === 0 || (await tx.member.findUnique({ where: { email } }))) throw gone();
    const id = newId("member", now);
    const data = { id, workspaceId: workspace.id, email, role, sessionsFrom: now, createdAt: now, ...person };
    await tx.member.create({ data });
    const principal = { type: "user", id, name: person.name } as const;
    await recordActivity(tx, { ...services, workspace, principal }, "member.joined", { invitationId, email, role });
    return { email };
  });
}

function gone(): DomainError {
  return new DomainError(
    "gone",
    "This invitation can't be accepted. It may have expired, or it was already used, revoked or resent: ask a workspace owner for a new one. " +
      "If you already use Trailport with this email address in another workspace, ask to be invited with another address.",
  );
}
