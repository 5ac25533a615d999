import { z } from "zod";
import { DomainError, failures, type Violation } from "@/server/errors";
import type { Logger } from "@/server/services";
import { json } from "./json";
import { wirePath } from "./wire";

export const errorAnswer = z.object({
  message: z.string(),
  code: z.string().optional(),
  errors: z
    .array(
      z.object({
        code: z.string(),
        field: z.string().optional().describe("The place in the body or query."),
        instancePath: z.string().optional().describe("The place in the event, where its action's schema was not met."),
        message: z.string().optional(),
      }),
    )
    .optional(),
  entity_id: z.string().optional().describe("The id that was not found."),
});

/** The one form of every failure on the REST API: JSON with a text `message`, never an `error` key. */
export function errorResponse(failure: unknown, request: { readonly id: string; readonly log: Logger }): Response {
  if (!(failure instanceof DomainError)) {
    request.log.error({ requestId: request.id, err: failure }, "a request failed");
    return json(500, {
      message: `Something went wrong on our side. The request id is ${request.id}.`,
      code: "internal_error",
    });
  }
  return json(failures[failure.code].http, errorBody(failure), failure.details.headers);
}

/** What a failure says on the wire. */
export function errorBody({
  message,
  details: { wireCode, violations, entityId },
}: DomainError): z.input<typeof errorAnswer> {
  return {
    message,
    ...(wireCode && { code: wireCode }),
    ...(violations && { errors: [...violations] }),
    ...(entityId && { entity_id: entityId }),
  };
}

/** So much of what is wrong is told: a hostile body is not answered, and not kept, at its own length. */
const MOST_VIOLATIONS = 100;
const LONGEST_TEXT = 300;

/** What is wrong with a body or query, field by field, as the contract's 422 says it. */
export function invalidInput(error: z.ZodError): DomainError {
  const violations = error.issues.slice(0, MOST_VIOLATIONS).map((issue): Violation => {
    const missing = issue.code === "invalid_type" && (issue.input === undefined || issue.input === null);
    return {
      code: missing ? "required" : issue.code,
      field: wirePath(issue.path).slice(0, LONGEST_TEXT),
      message: missing ? "is required" : issue.message.slice(0, LONGEST_TEXT),
    };
  });
  return new DomainError("invalid_input", "Validation failed.", { violations });
}
