import { z } from "zod";
import { DomainError, failures } from "@/server/errors";
import type { Logger } from "@/server/services";
import { json } from "./json";

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
