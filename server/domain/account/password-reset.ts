import type { PasswordReset } from "@/schemas/team/account";
import type { Delivery } from "@/schemas/team/team";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { deliverLink } from "@/server/domain/team/deliver-link";
import { hashPassword } from "@/server/domain/workspaces/passwords";
import { DomainError, notFound } from "@/server/kernel/errors";
import { hashSecret, newSecret } from "@/server/kernel/ids";
import type { WorkspaceScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

const LIFETIME = 24 * 3_600_000;

/**
 * Creates a link with which the member can choose a new password once within 24 hours; earlier links stop working. The
 * old password stays valid until then.
 * @throws DomainError `not_found`
 */
export async function createResetLink(scope: WorkspaceScope, memberId: string): Promise<Delivery> {
  const token = newSecret();
  const now = scope.now();
  const values = { tokenHash: hashSecret(token), expiresAt: new Date(now.getTime() + LIFETIME), createdAt: now };
  const email = await scope.db.prisma.$transaction(async (tx) => {
    const member = await tx.member.findFirst({ where: { id: memberId, workspaceId: scope.workspace.id } });
    if (!member) throw notFound("Member", memberId);
    await tx.passwordReset.upsert({ where: { memberId }, create: { memberId, ...values }, update: values });
    const details = { memberId, name: member.name, email: member.email };
    await recordActivity(tx, scope, "member.reset_link_created", details);
    return member.email;
  });
  return deliverLink(scope, `${scope.config.publicUrl}/reset-password?token=${token}`, {
    to: email,
    subject: `${scope.workspace.name}: reset your Trailport password`,
    textWith: (link) =>
      [
        `${scope.principal.name} sent you a link to reset your Trailport password for ${scope.workspace.name}.`,
        "It works once and expires in 24 hours:",
        link,
        "If you didn't ask for this, let them know. Your password doesn't change unless you use the link.",
      ].join("\n\n"),
  });
}

/** Returns whose password a link resets, without using it; null if the link is not valid. */
export async function previewReset(services: Services, token: string): Promise<{ readonly email: string } | null> {
  const row = await services.db.prisma.passwordReset.findUnique({
    where: { tokenHash: hashSecret(token), expiresAt: { gt: services.now() } },
    select: { member: { select: { email: true } } },
  });
  return row?.member ?? null;
}

/**
 * Sets the password of the link's member, once, and ends all of the member's sessions.
 * @throws DomainError `gone` if the link is unknown, used, replaced or expired
 */
export async function resetPassword(
  services: Services,
  { token, password }: PasswordReset,
): Promise<{ readonly email: string }> {
  // Hashing is slow on purpose, so invalid links are rejected first.
  if (!(await previewReset(services, token))) throw gone();
  const passwordHash = await hashPassword(password);
  const now = services.now();
  const where = { tokenHash: hashSecret(token), expiresAt: { gt: now } };
  return services.db.prisma.$transaction(async (tx) => {
    const reset = await tx.passwordReset.findUnique({ where });
    const { count } = await tx.passwordReset.deleteMany({ where });
    if (!reset || count === 0) throw gone();
    const { id, name, email, workspace } = await tx.member.update({
      where: { id: reset.memberId },
      data: { passwordHash, sessionsFrom: now },
      include: { workspace: true },
    });
    await tx.memberSession.deleteMany({ where: { memberId: id } });
    const principal = { type: "user", id, name } as const;
    await recordActivity(tx, { ...services, workspace, principal }, "member.password_changed", { by: "link" });
    return { email };
  });
}

function gone(): DomainError {
  return new DomainError(
    "gone",
    "This link is no longer valid. It may have expired, or it was already used or replaced. Ask a workspace owner for a new one.",
  );
}
