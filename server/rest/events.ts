import { z } from "zod";
import { recordEvent } from "@/server/domain/events/record-event";
import { keepRejectedEvent } from "@/server/domain/events/rejected-events";
import { DomainError } from "@/server/errors";
import type { EnvironmentScope } from "@/server/services";
import { parse } from "@/server/parse";
import { endpoint } from "./endpoint";
import { errorAnswer, errorBody } from "./errors";
import { eventBody, exampleEvent } from "@/schemas/event-body";
import { described, optional } from "@/schemas/wire";
import { scopeToCachedOrganization } from "./organization-cache";
import { readJsonOrLines } from "./read-body";

/** The largest body of a batch, in bytes. */
const BATCH_BODY_LIMIT = 10_000_000;
const MOST_IN_A_BATCH = 1_000;

/** `POST /audit_logs/events`; what is refused is kept as it came, so it is parsed where that is done. */
export const createEvent = endpoint(
  {
    summary: "Create an event",
    description:
      "Answered once the event is stored. With an `Idempotency-Key`, the same key and the same event within 24 hours is " +
      "stored once and answered the same; with another event it is another event.",
    body: described(z.unknown(), eventBody),
    example: exampleEvent,
    status: 201,
    answer: z.object({ success: z.literal(true) }),
  },
  async ({ scope, body, header }) => {
    await store(scope, body, header("idempotency-key") || null);
    return { success: true } as const;
  },
);

const item = eventBody.extend({ idempotency_key: optional(z.string()) });

const batch = z.preprocess(
  (value) => (Array.isArray(value) ? { events: value } : value),
  z.object({
    events: z
      .array(described(z.unknown(), item))
      .min(1, "must hold at least one event")
      .max(MOST_IN_A_BATCH, `must hold at most ${MOST_IN_A_BATCH} events`),
  }),
);
const itemKey = item.pick({ idempotency_key: true }).catch({ idempotency_key: null });

const result = z.union([
  z.object({ status: z.enum(["stored", "replayed"]) }),
  z.object({ status: z.literal("refused"), ...errorAnswer.shape }),
]);

/** `POST /audit_logs/events/batch` */
export const createEvents = endpoint(
  {
    summary: "Create up to 1,000 events",
    description:
      'Trailport\'s own: WorkOS takes one event per request. A JSON list, `{ "events": [ … ] }`, or with the content type ' +
      "`application/x-ndjson` one event a line. Each has a result of its own, in order; a bad one does not fail its neighbours.",
    body: batch,
    example: { events: [exampleEvent, { ...exampleEvent, idempotency_key: "sign-in-4711" }] },
    status: 200,
    read: (request) => readJsonOrLines(request, BATCH_BODY_LIMIT),
    answer: z.object({ object: z.literal("list"), data: z.array(result) }),
  },
  async ({ scope, body }) => {
    const data = await Promise.all(body.events.map((each) => storeOne(scope, each)));
    return { object: "list", data } as const;
  },
);

async function storeOne(scope: EnvironmentScope, item: unknown): Promise<z.input<typeof result>> {
  try {
    return { status: await store(scope, item, itemKey.parse(item).idempotency_key) };
  } catch (error) {
    // A refusal is this event's result; anything else fails the request, as it would alone.
    if (!(error instanceof DomainError) || error.code === "unavailable") throw error;
    return { status: "refused", ...errorBody(error) };
  }
}

async function store(
  scope: EnvironmentScope,
  item: unknown,
  idempotencyKey: string | null,
): Promise<"stored" | "replayed"> {
  try {
    const { organization_id, event } = parse(eventBody, item);
    const organization = await scopeToCachedOrganization(scope, organization_id);
    return await recordEvent(organization, event, { idempotencyKey });
  } catch (error) {
    await keepRejectedEvent(scope, { body: item, idempotencyKey }, error);
    throw error;
  }
}
