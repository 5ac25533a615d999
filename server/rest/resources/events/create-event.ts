import { z } from "zod";
import { recordEvent } from "@/server/domain/events/ingest/record-event";
import { isRefusal, keepRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { parse } from "@/server/kernel/parse";
import { readWithinBudget, withinBudget } from "@/server/rest/http/body-budget";
import { endpoint } from "@/server/rest/http/endpoint";
import { eventBody, exampleEvent } from "@/schemas/events/event-body";
import { plainEventBody } from "./plain-event";
import { described } from "@/schemas/wire";
import { scopeToCachedOrganization } from "./organization-cache";
import { BODY_LIMIT, readJson } from "@/server/rest/http/read-body";

/** `POST /audit_logs/events`; what is refused is kept as it came, so it is parsed where that is done. */
export const createEvent = withinBudget(
  endpoint(
    {
      summary: "Create an event",
      description:
        "Answered once the event is stored. With an `Idempotency-Key`, the same key and the same event within 24 hours is " +
        "stored once and answered the same; with another event it is another event.",
      body: described(z.unknown(), eventBody),
      example: exampleEvent,
      status: 201,
      read: readWithinBudget(readJson, BODY_LIMIT),
      answer: z.object({ success: z.literal(true) }),
    },
    async ({ scope, body, header }) => {
      const idempotencyKey = header("idempotency-key") || null;
      try {
        await storeSent(scope, body, idempotencyKey);
        return { success: true } as const;
      } catch (failure) {
        if (isRefusal(failure)) await keepRejectedEvents(scope, [{ body, idempotencyKey, failure }]);
        throw failure;
      }
    },
  ),
);

/** @throws DomainError, and what is no refusal may come right when it is sent again */
export async function storeSent(
  scope: EnvironmentScope,
  item: unknown,
  idempotencyKey: string | null,
): Promise<"stored" | "replayed"> {
  const { organization_id, event } = plainEventBody(item) ?? parse(eventBody, item);
  const organization = await scopeToCachedOrganization(scope, organization_id);
  return recordEvent(organization, event, { idempotencyKey });
}
