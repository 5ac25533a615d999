import { z } from "zod";
import { PASSWORD_LENGTH } from "@/schemas/limits";
import type { Role } from "./roles";
import { requiredText } from "@/schemas/text";

/** Passwords that are guessed first: common words, the product's name, keyboard rows, and digits or symbols only. */
const GUESSES = /^(?:password|passwort|trailport|qwert[yz]|letmein|welcome|admin|iloveyou|changeme|abc|[\d\W_])+$/i;

/** A new password. */
const newPassword = z
  .string()
  .min(PASSWORD_LENGTH.min, `Use at least ${PASSWORD_LENGTH.min} characters.`)
  .max(PASSWORD_LENGTH.max, `Use at most ${PASSWORD_LENGTH.max} characters.`)
  .refine((text) => new Set(text).size >= 5, "Too repetitive. Try a few unrelated words.")
  .refine((text) => !GUESSES.test(text), "Too easy to guess.");

/** A password to compare with the stored one, which can be older than the rules for new passwords. */
const givenPassword = z.string().min(1, "must not be empty").max(1000);

export const personName = z.string().trim().pipe(requiredText(100));

/** The secret part of an emailed link. */
const linkToken = z.string().min(1).max(200);

export const acceptance = z.object({ token: linkToken, name: personName, password: newPassword });
export type Acceptance = z.output<typeof acceptance>;

export const passwordChange = z.object({ current: givenPassword, password: newPassword });
export type PasswordChange = z.output<typeof passwordChange>;

export const passwordReset = z.object({ token: linkToken, password: newPassword });
export type PasswordReset = z.output<typeof passwordReset>;

/** A browser in which a member is signed in. */
export interface MemberSessionView {
  readonly id: string;
  /** Such as “Firefox on Windows”. */
  readonly browser: string;
  /** The client address of the last use. */
  readonly address: string;
  readonly lastUsedAt: Date;
  readonly createdAt: Date;
  /** Whether it is the session of the request itself. */
  readonly isCurrent: boolean;
}

/** A member's own profile. */
export interface Account {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** False if the member has only signed in through an identity provider. */
  readonly hasPassword: boolean;
  readonly lastSignInAt: Date | null;
}
