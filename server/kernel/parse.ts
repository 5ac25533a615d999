import type { z } from "zod";
import { wirePath } from "@/schemas/wire";
import { DomainError, type Violation } from "./errors";

/** So much of what is wrong is told: a hostile body is not answered, and not kept, at its own length. */
const MOST_VIOLATIONS = 100;
const LONGEST_TEXT = 300;

/** @throws DomainError `invalid_input` with every field that is wrong, in the sender's spelling, as the contract's 422 says it */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const violations = result.error.issues.slice(0, MOST_VIOLATIONS).map((issue): Violation => {
    const missing = issue.code === "invalid_type" && (issue.input === undefined || issue.input === null);
    return {
      code: missing ? "required" : issue.code,
      field: wirePath(issue.path).slice(0, LONGEST_TEXT),
      message: missing ? "is required" : issue.message.slice(0, LONGEST_TEXT),
    };
  });
  throw new DomainError("invalid_input", "Validation failed.", { violations });
}
