import type { z } from "zod";
import { DomainError, failures, type Violation } from "@/server/errors";
import type { Logger } from "@/server/services";
import { wirePath } from "./wire";

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
export function errorBody({ message, details: { wireCode, violations, entityId } }: DomainError): object {
  return {
    message,
    ...(wireCode && { code: wireCode }),
    ...(violations && { errors: violations }),
    ...(entityId && { entity_id: entityId }),
  };
}

function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { status, headers });
}

/** What is wrong with a body or query, field by field, as the contract's 422 says it. */
export function invalidInput(error: z.ZodError): DomainError {
  const violations = error.issues.map((issue): Violation => {
    const missing = issue.code === "invalid_type" && (issue.input === undefined || issue.input === null);
    return {
      code: missing ? "required" : issue.code,
      field: wirePath(issue.path),
      message: missing ? "is required" : issue.message,
    };
  });
  return new DomainError("invalid_input", "Validation failed.", { violations });
}
