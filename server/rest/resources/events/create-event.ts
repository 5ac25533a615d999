import { z } from "zod";
import { eventBody, exampleEvent } from "@/schemas/events/event-body";
import { described } from "@/schemas/wire";
import { idempotencyKeyOf, keyInBody } from "@/server/domain/events/ingest/idempotency-key";
import { recordEvent } from "@/server/domain/events/ingest/record-event";
import { admitEvents } from "@/server/domain/rate-limit/admit-request";
import { isRejection, keepRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { endpoint } from "@/server/rest/http/endpoint";
import type { BatchExamination } from "./batch-examination";
import { scopeToCachedOrganization } from "./organization-cache";
import { parseEvent } from "./parse-event";
import { plainEventBody } from "./plain-event";
import { eventWarnings, withWarnings } from "./event-warnings";
import { type Warning, warnings } from "./warning";

/** `POST /audit_logs/events`. Rejected events are kept as they were sent, so the handler parses the body itself. */
export const createEvent = endpoint(
  {
    needs: "events:write",
    summary: "Create an event",
    description:
      "Returns once the event is stored. Requests with the same `Idempotency-Key` and body within 24 hours store one event. " +
      "With a different body, they store separate events. The key can also be `idempotency_key` in the body. `warnings` names " +
      "fields that no event has, which are not stored, and says if the event is dated in the future, or so old that the " +
      "organization's retention deletes it the next night.",
    body: described(z.unknown(), eventBody),
    example: exampleEvent,
    status: 201,
    response: z.object({ success: z.literal(true), warnings }),
  },
  async ({ scope, body, header }) => {
    const idempotencyKey = header("idempotency-key") || null;
    await admitEvents(scope, 1);
    try {
      const stored = await storeEvent(scope, body, idempotencyKey);
      return { success: true as const, ...withWarnings(stored.warnings) };
    } catch (failure) {
      const key = idempotencyKey ?? keyInBody(body);
      if (isRejection(failure)) await keepRejectedEvents(scope, [{ body, idempotencyKey: key, failure }]);
      throw failure;
    }
  },
);

interface StoredEvent {
  readonly status: "stored" | "replayed";
  readonly warnings: readonly Warning[];
}

/**
 * Parses and stores one event.
 * @param idempotencyKey the key outside of the item; the item can have it, too
 * @param batch examines the event if it is part of a batch
 * @throws DomainError; unless the event is rejected, sending it again may succeed
 */
export async function storeEvent(
  scope: EnvironmentScope,
  item: unknown,
  idempotencyKey: string | null,
  batch?: BatchExamination,
): Promise<StoredEvent> {
  const { organization_id, event, idempotency_key } =
    plainEventBody(item) ?? (batch ? batch.parse(item) : parseEvent(item));
  const key = idempotencyKeyOf(idempotencyKey, idempotency_key);
  const organization = await (batch?.findOrganization(organization_id) ??
    scopeToCachedOrganization(scope, organization_id));
  const status = await recordEvent(organization, event, { idempotencyKey: key });
  return { status, warnings: eventWarnings(organization, event.occurredAt, item) };
}
