import { z } from "zod";

/** Whether PostgreSQL gives a text back as it was: every Unicode string but one with U+0000 or half a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

/** Such a text. */
export function storableText(most: number) {
  return z
    .string()
    .max(most, `must be at most ${most} characters`)
    .refine(isStorable, "must be well-formed Unicode without U+0000");
}

/** The same, and not empty. */
export function requiredText(most: number) {
  return storableText(most).min(1, "must not be empty");
}
