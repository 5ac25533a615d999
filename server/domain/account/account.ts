import type { Account, PasswordChange } from "@/schemas/team/account";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { admitAttempt, forgiveAttempt } from "@/server/domain/rate-limit/admit-attempt";
import type { MemberScope } from "@/server/domain/workspaces/member-scope";
import { hashPassword, isPasswordOf } from "@/server/domain/workspaces/passwords";
import { DomainError } from "@/server/kernel/errors";

/** Returns what members see of their own account. */
export async function getAccount(scope: MemberScope): Promise<Account> {
  const { passwordHash, lastSignInAt } = await scope.db.prisma.member.findUniqueOrThrow({
    where: { id: scope.member.id },
    select: { passwordHash: true, lastSignInAt: true },
  });
  const { email, name, role } = scope.member;
  return { email, name, role, hasPassword: passwordHash !== null, lastSignInAt };
}

/** Changes the member's name. Existing activity entries keep the old one. */
export async function renameMember(scope: MemberScope, name: string): Promise<void> {
  if (name === scope.member.name) return;
  await scope.db.prisma.$transaction(async (tx) => {
    await tx.member.update({ where: { id: scope.member.id }, data: { name } });
    await recordActivity(tx, scope, "member.renamed", { from: scope.member.name, to: name });
  });
}

/**
 * Sets a new password and ends all of the member's sessions.
 * @throws DomainError `invalid_input` if `current` is wrong; `too_many` after ten wrong guesses in a minute
 */
export async function changePassword(scope: MemberScope, { current, password }: PasswordChange): Promise<void> {
  const { id } = scope.member;
  const attempts = [{ key: ["password of", id], limit: 10, maxWaitMinutes: 60 }];
  await admitAttempt(scope, attempts);
  if (!(await isPasswordOf(scope, id, current))) {
    const message = "This is not your current password.";
    throw new DomainError("invalid_input", message, { violations: [{ code: "wrong", field: "current", message }] });
  }
  await forgiveAttempt(scope, attempts);
  const passwordHash = await hashPassword(password);
  await scope.db.prisma.$transaction(async (tx) => {
    await tx.member.update({ where: { id }, data: { passwordHash, sessionsFrom: scope.now() } });
    await tx.memberSession.deleteMany({ where: { memberId: id } });
    await tx.passwordReset.deleteMany({ where: { memberId: id } });
    await recordActivity(tx, scope, "member.password_changed", { by: "member" });
  });
}

/** Ends all of the member's sessions, including this one. */
export async function signOutEverywhere(scope: MemberScope): Promise<void> {
  const { id } = scope.member;
  await scope.db.prisma.$transaction(async (tx) => {
    await tx.member.update({ where: { id }, data: { sessionsFrom: scope.now() } });
    await tx.memberSession.deleteMany({ where: { memberId: id } });
    await recordActivity(tx, scope, "member.signed_out_everywhere");
  });
}
