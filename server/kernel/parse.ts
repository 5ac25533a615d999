import type { z } from "zod";
import { wirePath } from "@/schemas/wire";
import { DomainError, type Violation } from "./errors";

/** Limit the size of the error, so that a hostile body cannot cause a response, or a stored rejection, of its own size. */
const MAX_VIOLATIONS = 100;
const MAX_TEXT_LENGTH = 300;

/**
 * Parses input with a zod schema.
 * @throws DomainError `invalid_input` with every invalid field by its name on the wire, in the format of the contract's 422
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const violations = result.error.issues.slice(0, MAX_VIOLATIONS).map((issue): Violation => {
    const missing = issue.code === "invalid_type" && (issue.input === undefined || issue.input === null);
    return {
      code: missing ? "required" : issue.code,
      field: wirePath(issue.path).slice(0, MAX_TEXT_LENGTH),
      message: missing ? "is required" : issue.message.slice(0, MAX_TEXT_LENGTH),
    };
  });
  throw new DomainError("invalid_input", "Validation failed.", { violations });
}
