import { z } from "zod";
import { DomainError, failures } from "@/server/kernel/errors";
import type { Logger } from "@/server/kernel/ports/logger";
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

interface Failed {
  readonly status: number;
  readonly body: z.input<typeof errorAnswer>;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The one form of every failure on the REST API: JSON with a text `message`, never an `error` key. */
export function errorResponse(failure: unknown, request: { readonly id: string; readonly log: Logger }): Response {
  const { status, body, headers } = failed(failure, request);
  return json(status, body, headers);
}

/** How a failure is answered; what is no DomainError is logged. */
export function failed(failure: unknown, { id, log }: { readonly id: string; readonly log: Logger }): Failed {
  if (!(failure instanceof DomainError)) {
    log.error({ requestId: id, err: failure }, "a request failed");
    const message = `Something went wrong on our side. The request id is ${id}.`;
    return { status: 500, body: { message, code: "internal_error" } };
  }
  return { status: failures[failure.code].http, body: errorBody(failure), headers: failure.details.headers };
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
