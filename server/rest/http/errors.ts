import { z } from "zod";
import { DomainError, failures } from "@/server/kernel/errors";
import type { Logger } from "@/server/kernel/ports/logger";
import { jsonReply, type Reply } from "./reply";

export const errorResponse = z.object({
  message: z.string(),
  code: z.string().optional(),
  errors: z
    .array(
      z.object({
        code: z.string(),
        field: z.string().optional().describe("The invalid field of the body or query."),
        instancePath: z.string().optional().describe("The part of the event that does not match its action's schema."),
        message: z.string().optional(),
      }),
    )
    .optional(),
  entity_id: z.string().optional().describe("The ID that was not found."),
});

/** Turns any failure into JSON with a `message` and never an `error` key. Logs failures that are not a DomainError. */
export function errorReply(failure: unknown, { id, log }: { readonly id: string; readonly log: Logger }): Reply {
  if (failure instanceof DomainError) {
    return jsonReply(failures[failure.code].http, errorBody(failure), failure.details.headers);
  }
  log.error({ requestId: id, err: failure }, "a request failed");
  const message = `Something went wrong on our side. The request ID is ${id}.`;
  return jsonReply(500, { message, code: "internal_error" } satisfies z.input<typeof errorResponse>);
}

/** The response body for a failure. */
export function errorBody({
  message,
  details: { wireCode, violations, entityId },
}: DomainError): z.input<typeof errorResponse> {
  return {
    message,
    ...(wireCode && { code: wireCode }),
    ...(violations && { errors: [...violations] }),
    ...(entityId && { entity_id: entityId }),
  };
}
