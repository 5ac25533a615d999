import { z } from "zod";
import { recordEvent } from "@/server/domain/events/record-event";
import { keepRejectedEvent } from "@/server/domain/events/rejected-events";
import { DomainError } from "@/server/errors";
import type { EnvironmentScope } from "@/server/services";
import { endpoint, parse } from "./endpoint";
import { errorBody } from "./errors";
import { eventBody } from "./event-body";
import { scopeToCachedOrganization } from "./organization-cache";
import { readJsonOrLines } from "./read-body";
import { optional } from "./wire";

/** The largest body of a batch, in bytes. */
const BATCH_BODY_LIMIT = 10_000_000;
const MOST_IN_A_BATCH = 1_000;

/** `POST /audit_logs/events` */
export const createEvent = endpoint({ body: z.unknown(), status: 201 }, async ({ scope, body, header }) => {
  await store(scope, body, header("idempotency-key") || null);
  return { success: true };
});

const batch = z.preprocess(
  (value) => (Array.isArray(value) ? { events: value } : value),
  z.object({
    events: z
      .array(z.unknown())
      .min(1, "must hold at least one event")
      .max(MOST_IN_A_BATCH, `must hold at most ${MOST_IN_A_BATCH} events`),
  }),
);
const itemKey = z.object({ idempotency_key: optional(z.string()) }).catch({ idempotency_key: null });

/**
 * `POST /audit_logs/events/batch`: up to 1,000 events (each `{ organization_id, event, idempotency_key? }`), as a JSON
 * list, `{ "events": [ … ] }` or newline-delimited JSON. Each has a result of its own, in order; a bad one does not
 * fail its neighbours.
 */
export const createEvents = endpoint(
  { body: batch, status: 200, read: (request) => readJsonOrLines(request, BATCH_BODY_LIMIT) },
  async ({ scope, body }) => {
    const data = await Promise.all(body.events.map((item) => storeOne(scope, item)));
    return { object: "list", data };
  },
);

async function storeOne(scope: EnvironmentScope, item: unknown): Promise<object> {
  try {
    return { status: await store(scope, item, itemKey.parse(item).idempotency_key) };
  } catch (error) {
    // A refusal is this event's result; anything else fails the request, as it would alone.
    if (!(error instanceof DomainError) || error.code === "unavailable") throw error;
    return { status: "refused", ...errorBody(error) };
  }
}

async function store(scope: EnvironmentScope, item: unknown, idempotencyKey: string | null): Promise<"stored" | "replayed"> {
  try {
    const { organization_id, event } = parse(eventBody, item);
    const organization = await scopeToCachedOrganization(scope, organization_id);
    return await recordEvent(organization, event, { idempotencyKey });
  } catch (error) {
    await keepRejectedEvent(scope, item, error);
    throw error;
  }
}
