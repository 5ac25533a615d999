import { recordActivity, recordActivityOnce } from "@/server/domain/activity/record-activity";
import { admitAttempt, forgiveAttempt } from "@/server/domain/rate-limit/admit-attempt";
import { joinByEmail } from "@/server/domain/team/accept-invitation";
import type { Services } from "@/server/kernel/services";
import type { SignedInMember } from "./member-scope";
import { findMemberByPassword, type KnownMember } from "./passwords";

/** Failures under one address that are noted only once within so many milliseconds. */
const WINDOW = 15 * 60_000;

interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Where the attempt comes from. */
  readonly address: string;
}

/**
 * The member with this e-mail and password, or null. A minute has 10 failures for an e-mail and 30 for an address.
 * @throws DomainError `too_many` with the time to wait, right password or not
 */
export async function signInByPassword(
  services: Services,
  { email, password, address }: Credentials,
): Promise<SignedInMember | null> {
  const known = email.trim().toLowerCase();
  const attempts = [
    { key: ["sign-in from", address], most: 30, longestWait: 60 },
    // Short, since anybody can keep somebody else waiting by it.
    { key: ["sign-in as", known], most: 10, longestWait: 5 },
  ];
  await admitAttempt(services, attempts);
  const { member, matches } = await findMemberByPassword(services, known, password);
  if (!member) return null;
  if (!matches) {
    await noteFailure(services, member, address);
    return null;
  }
  await forgiveAttempt(services, attempts);
  await noteSignIn(services, member, "password");
  return member;
}

/**
 * The member with an e-mail that an identity provider vouches for; whoever is invited becomes one by it.
 * @throws DomainError `gone` for anybody else
 */
export async function signInVouchedFor(
  services: Services,
  person: { readonly email: string; readonly name: string },
): Promise<void> {
  if (!(await findMemberByEmail(services, person.email))) await joinByEmail(services, person);
  const member = await findMemberByEmail(services, person.email);
  if (member) await noteSignIn(services, member, "identity_provider");
}

/** The member with this e-mail, in lower case. */
export function findMemberByEmail(services: Services, email: string): Promise<KnownMember | null> {
  return services.db.prisma.member.findUnique({
    where: { email },
    select: { id: true, email: true, name: true, role: true, workspace: { select: { id: true, name: true } } },
  });
}

/** Notes that a member has signed in, and how. */
async function noteSignIn(
  services: Services,
  member: KnownMember,
  by: "password" | "identity_provider",
): Promise<void> {
  const scope = { ...services, workspace: member.workspace, principal: principalOf(member) };
  await services.db.prisma.$transaction(async (tx) => {
    await tx.member.update({ where: { id: member.id }, data: { lastSignInAt: scope.now() } });
    await recordActivity(tx, scope, "member.signed_in", { by });
  });
}

/** It need not have been the member. */
async function noteFailure(services: Services, member: KnownMember, address: string): Promise<void> {
  const principal = { type: "system", id: "system", name: "Sign-in" } as const;
  const window = Math.floor(services.now().getTime() / WINDOW);
  const key = JSON.stringify(["sign-in failed", member.id, address, window]);
  const scope = { ...services, workspace: member.workspace, principal };
  const details = { memberId: member.id, email: member.email, address };
  await recordActivityOnce(services.db.prisma, scope, "member.sign_in_failed", details, key);
}

function principalOf({ id, name }: KnownMember) {
  return { type: "user", id, name } as const;
}
