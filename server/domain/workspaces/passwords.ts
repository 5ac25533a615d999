import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { Services } from "@/server/kernel/services";
import type { SignedInMember } from "./member-scope";

/** 32 MB and some 50 ms for each guess; stored with the hash, so that it can grow. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const;
const KEY_LENGTH = 32;

/** `scrypt:<N>:<r>:<p>:<salt>:<hash>`, salt and hash in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), hash.toString("base64url")].join(":");
}

/** A member with the workspace that the trail needs. */
export interface KnownMember extends SignedInMember {
  readonly workspace: { readonly id: string; readonly name: string };
}

/** The member with this e-mail, in lower case, and whether the password is right; nobody takes the same time. */
export async function findMemberByPassword(
  services: Services,
  email: string,
  password: string,
): Promise<{ readonly member: KnownMember | null; readonly matches: boolean }> {
  const row = await services.db.prisma.member.findUnique({
    where: { email },
    select: {
      id: true,
      email: true,
      name: true,
      role: true,
      passwordHash: true,
      workspace: { select: { id: true, name: true } },
    },
  });
  const matches = await passwordMatches(password, row?.passwordHash ?? (await unmatchable()));
  if (!row) return { member: null, matches: false };
  const { passwordHash, ...member } = row;
  return { member, matches: matches && passwordHash !== null };
}

/** Whether the member has this password; nobody has, who has none. */
export async function isPasswordOf(services: Services, memberId: string, password: string): Promise<boolean> {
  const row = await services.db.prisma.member.findUnique({
    where: { id: memberId },
    select: { passwordHash: true },
  });
  const matches = await passwordMatches(password, row?.passwordHash ?? (await unmatchable()));
  return matches && typeof row?.passwordHash === "string";
}

async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [, n, r, p, salt = "", hash = ""] = stored.split(":");
  const expected = Buffer.from(hash, "base64url");
  const actual = await derive(password, Buffer.from(salt, "base64url"), { N: Number(n), r: Number(r), p: Number(p) });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

let decoy: Promise<string> | undefined;
/** A hash to compare with when there is no such member, so that the answer comes no sooner. */
function unmatchable(): Promise<string> {
  decoy ??= hashPassword(randomBytes(32).toString("base64url"));
  return decoy;
}

function derive(
  password: string,
  salt: Uint8Array,
  cost: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, KEY_LENGTH, { ...cost, maxmem: 256 * cost.N * cost.r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
