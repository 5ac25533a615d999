import { z } from "zod";

/** Whether PostgreSQL can store the text unchanged: it rejects U+0000 and unpaired surrogates. */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

/** A text that PostgreSQL can store, of at most `max` characters. */
export function storableText(max: number) {
  return z
    .string()
    .max(max, `must be at most ${max} characters`)
    .refine(isStorable, "must be well-formed Unicode without U+0000");
}

/** A storable text that is not empty. */
export function requiredText(max: number) {
  return storableText(max).min(1, "must not be empty");
}
