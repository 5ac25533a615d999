import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { Services } from "@/server/kernel/services";
import type { SignedInMember } from "./member-scope";

/** Each guess costs 32 MB and about 50 ms. Stored with the hash, so that it can be raised. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const;
const KEY_LENGTH = 32;

/** Returns `scrypt:<N>:<r>:<p>:<salt>:<hash>`, with salt and hash in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), hash.toString("base64url")].join(":");
}

/** A member with the workspace, which activity entries need. */
export interface MemberWithWorkspace extends SignedInMember {
  readonly workspace: { readonly id: string; readonly name: string };
}

/** Returns the member with this lowercase email and whether the password is right; takes as long if there is none. */
export async function findMemberByPassword(
  services: Services,
  email: string,
  password: string,
): Promise<{ readonly member: MemberWithWorkspace | null; readonly matches: boolean }> {
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
  const matches = await passwordMatches(password, row?.passwordHash ?? (await decoyHash()));
  if (!row) return { member: null, matches: false };
  const { passwordHash, ...member } = row;
  return { member, matches: matches && passwordHash !== null };
}

/** Returns whether this is the member's password; false for a member without a password. */
export async function isPasswordOf(services: Services, memberId: string, password: string): Promise<boolean> {
  const row = await services.db.prisma.member.findUnique({
    where: { id: memberId },
    select: { passwordHash: true },
  });
  const matches = await passwordMatches(password, row?.passwordHash ?? (await decoyHash()));
  return matches && typeof row?.passwordHash === "string";
}

async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [, n, r, p, salt = "", hash = ""] = stored.split(":");
  const expected = Buffer.from(hash, "base64url");
  const actual = await derive(password, Buffer.from(salt, "base64url"), { N: Number(n), r: Number(r), p: Number(p) });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

let decoy: Promise<string> | undefined;
/** Returns a hash to compare with if there is no such member, so that the response takes as long. */
function decoyHash(): Promise<string> {
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
