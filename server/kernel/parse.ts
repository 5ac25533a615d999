import type { z } from "zod";
import { InexactNumber } from "@/schemas/exact-json";
import { messageOf } from "@/schemas/issues";
import { findUnknownFields, type UnknownField } from "@/schemas/unknown-fields";
import { senderPath, wirePath } from "@/schemas/wire";
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
    const code = issue.input instanceof InexactNumber ? "inexact_number" : issue.code;
    return {
      code: missing ? "required" : code,
      field: wirePath(senderPath(schema, issue.path, value), value).slice(0, MAX_TEXT_LENGTH),
      message: missing ? "is required" : messageOf(issue).slice(0, MAX_TEXT_LENGTH),
    };
  });
  throw invalidInput(violations);
}

/** The error for invalid fields. Its message names the first one, because some SDKs show only the message. */
export function invalidInput(violations: readonly Violation[]): DomainError {
  const [{ field = "", message = "" } = {}] = violations;
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : "";
  const first = field === "" ? message : `${field}: ${message}`;
  return new DomainError("invalid_input", `Validation failed. ${first}${more}`, { violations });
}

/**
 * @param also names that are known at the top, too
 * @throws DomainError `invalid_input` with each field of the input that none of the schemas has, and the nearest known name
 */
export function rejectUnknownFields(
  schemas: readonly z.core.$ZodType[],
  value: unknown,
  also: readonly string[] = [],
): void {
  const unknown = findUnknownFields(schemas, value, also);
  if (unknown.length > 0) throw invalidInput(unknown.map(unknownField));
}

function unknownField({ path, nearest }: UnknownField): Violation {
  return {
    code: "unknown_field",
    field: path.join(".").slice(0, MAX_TEXT_LENGTH),
    message: nearest === undefined ? "is unknown" : `is unknown; did you mean '${nearest}'?`,
  };
}
