import { recordActivity, recordActivityOnce } from "@/server/domain/activity/record-activity";
import { admitAttempt, forgiveAttempt } from "@/server/domain/rate-limit/admit-attempt";
import { joinByEmail } from "@/server/domain/team/accept-invitation";
import type { Services } from "@/server/kernel/services";
import type { SignedInMember } from "./member-scope";
import { findMemberByPassword, type MemberWithWorkspace } from "./passwords";

/** Milliseconds within which failures from one address are recorded only once. */
const FAILURE_WINDOW = 15 * 60_000;

interface Credentials {
  readonly email: string;
  readonly password: string;
  /** The client address. */
  readonly address: string;
}

/**
 * Returns the member with this email and password, or null. Allows 10 failures per email and 30 per client address in a
 * minute.
 * @throws DomainError `too_many` with the time to wait, whether or not the password is right
 */
export async function signInByPassword(
  services: Services,
  { email, password, address }: Credentials,
): Promise<SignedInMember | null> {
  const known = email.trim().toLowerCase();
  const attempts = [
    { key: ["sign-in from", address], limit: 30, maxWaitMinutes: 60 },
    // Short, since anyone can lock someone else out with it.
    { key: ["sign-in as", known], limit: 10, maxWaitMinutes: 5 },
  ];
  await admitAttempt(services, attempts);
  const { member, matches } = await findMemberByPassword(services, known, password);
  if (!member) return null;
  if (!matches) {
    await recordFailure(services, member, address);
    return null;
  }
  await forgiveAttempt(services, attempts);
  await recordSignIn(services, member, "password");
  return member;
}

/**
 * Signs in a person whom an identity provider has authenticated; an invited person becomes a member.
 * @throws DomainError `gone` for anyone else
 */
export async function signInWithProvider(
  services: Services,
  person: { readonly email: string; readonly name: string },
): Promise<void> {
  if (!(await findMemberByEmail(services, person.email))) await joinByEmail(services, person);
  const member = await findMemberByEmail(services, person.email);
  if (member) await recordSignIn(services, member, "identity_provider");
}

/** Returns the member with this lowercase email, or null. */
export function findMemberByEmail(services: Services, email: string): Promise<MemberWithWorkspace | null> {
  return services.db.prisma.member.findUnique({
    where: { email },
    select: { id: true, email: true, name: true, role: true, workspace: { select: { id: true, name: true } } },
  });
}

/** Records that a member signed in, and how. */
async function recordSignIn(
  services: Services,
  member: MemberWithWorkspace,
  by: "password" | "identity_provider",
): Promise<void> {
  const scope = { ...services, workspace: member.workspace, principal: principalOf(member) };
  await services.db.prisma.$transaction(async (tx) => {
    await tx.member.update({ where: { id: member.id }, data: { lastSignInAt: scope.now() } });
    await recordActivity(tx, scope, "member.signed_in", { by });
  });
}

/** Records a failed sign-in as an action of the system, because it may not have been the member. */
async function recordFailure(services: Services, member: MemberWithWorkspace, address: string): Promise<void> {
  const principal = { type: "system", id: "system", name: "Sign-in" } as const;
  const window = Math.floor(services.now().getTime() / FAILURE_WINDOW);
  const key = JSON.stringify(["sign-in failed", member.id, address, window]);
  const scope = { ...services, workspace: member.workspace, principal };
  const details = { memberId: member.id, email: member.email, address };
  await recordActivityOnce(services.db.prisma, scope, "member.sign_in_failed", details, key);
}

function principalOf({ id, name }: MemberWithWorkspace) {
  return { type: "user", id, name } as const;
}
