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
 * Makes a link with which the member chooses a new password within a day, once; an earlier one opens nothing any more.
 * Until then the old password goes on.
 * @throws DomainError `not_found`
 */
export async function createResetLink(scope: WorkspaceScope, memberId: string): Promise<Delivery> {
  const token = newSecret();
  const now = scope.now();
  const made = { tokenHash: hashSecret(token), expiresAt: new Date(now.getTime() + LIFETIME), createdAt: now };
  const email = await scope.db.prisma.$transaction(async (tx) => {
    const member = await tx.member.findFirst({ where: { id: memberId, workspaceId: scope.workspace.id } });
    if (!member) throw notFound("Member", memberId);
    await tx.passwordReset.upsert({ where: { memberId }, create: { memberId, ...made }, update: made });
    const details = { memberId, name: member.name, email: member.email };
    await recordActivity(tx, scope, "member.reset_link_created", details);
    return member.email;
  });
  return deliverLink(scope, `${scope.config.publicUrl}/reset-password?token=${token}`, {
    to: email,
    subject: `${scope.workspace.name}: a new password for Trailport`,
    textWith: (link) =>
      [
        `${scope.principal.name} made this link for you, with which you choose a new password for Trailport at ${scope.workspace.name}.`,
        "It works once, within 24 hours:",
        link,
        "If you did not ask for it, tell them: your password stays as it is.",
      ].join("\n\n"),
  });
}

/** Whose password a link sets, or null when it opens nothing (any more). Looking does not use it up. */
export async function previewReset(services: Services, token: string): Promise<{ readonly email: string } | null> {
  const row = await services.db.prisma.passwordReset.findUnique({
    where: { tokenHash: hashSecret(token), expiresAt: { gt: services.now() } },
    select: { member: { select: { email: true } } },
  });
  return row?.member ?? null;
}

/**
 * Sets the password of the link's member, once, and ends all of the member's sessions.
 * @throws DomainError `gone` when the link is unknown, used, replaced by a newer one or expired
 */
export async function resetPassword(
  services: Services,
  { token, password }: PasswordReset,
): Promise<{ readonly email: string }> {
  // Slow on purpose, so not for links that open nothing.
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
    const principal = { type: "user", id, name } as const;
    await recordActivity(tx, { ...services, workspace, principal }, "member.password_changed", { by: "link" });
    return { email };
  });
}

function gone(): DomainError {
  return new DomainError(
    "gone",
    "This link is no longer valid. It may have been used, or a newer one was made. Ask an owner of the workspace for a new one.",
  );
}
