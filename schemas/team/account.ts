import { z } from "zod";
import { PASSWORD_LENGTH } from "@/schemas/limits";
import type { Role } from "./roles";
import { requiredText } from "@/schemas/text";

/** The first that anybody tries who knows the product, the keyboard or the year. */
const GUESSES = /^(?:password|passwort|trailport|qwert[yz]|letmein|welcome|admin|iloveyou|changeme|abc|[\d\W_])+$/i;

/** A password that is about to be set. */
const newPassword = z
  .string()
  .min(PASSWORD_LENGTH.min, `A password has at least ${PASSWORD_LENGTH.min} characters.`)
  .max(PASSWORD_LENGTH.max, `A password has at most ${PASSWORD_LENGTH.max} characters.`)
  .refine((text) => new Set(text).size >= 5, "Too repetitive. Try a few unrelated words.")
  .refine((text) => !GUESSES.test(text), "Too easy to guess.");

/** A password that is to be compared with the stored one, whatever rules held when that was set. */
const givenPassword = z.string().min(1, "must not be empty").max(1000);

export const personName = z.string().trim().pipe(requiredText(100));

/** The secret part of a link. */
const linkToken = z.string().min(1).max(200);

export const acceptance = z.object({ token: linkToken, name: personName, password: newPassword });
export type Acceptance = z.output<typeof acceptance>;

export const passwordChange = z.object({ current: givenPassword, password: newPassword });
export type PasswordChange = z.output<typeof passwordChange>;

export const passwordReset = z.object({ token: linkToken, password: newPassword });
export type PasswordReset = z.output<typeof passwordReset>;

/** What members see of themselves. */
export interface Account {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** False for whoever only ever came in through an identity provider. */
  readonly hasPassword: boolean;
  readonly lastSignInAt: Date | null;
}
