import { z } from "zod";
import { eventBody, exampleEvent } from "@/schemas/events/event-body";
import { described, optional } from "@/schemas/wire";
import { isRejection, keepRejectedEvents, type Rejection } from "@/server/domain/events/rejected/rejected-events";
import { DomainError } from "@/server/kernel/errors";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { endpoint } from "@/server/rest/http/endpoint";
import { errorBody, errorResponse } from "@/server/rest/http/errors";
import { readJsonOrLines } from "@/server/rest/http/read-body";
import { storeEvent } from "./create-event";
import { eventTimeWarnings, type Warning, warning } from "./time-warnings";

/** The largest body in bytes. */
const BATCH_LIMIT = 10_000_000;
const MAX_EVENTS = 1_000;

const item = eventBody.extend({ idempotency_key: optional(z.string()) });

const batch = z.preprocess(
  (value) => (Array.isArray(value) ? { events: value } : value),
  z.object({
    events: z
      .array(described(z.unknown(), item))
      .min(1, "must contain at least one event")
      .max(MAX_EVENTS, `must contain at most ${MAX_EVENTS} events`),
  }),
);
const itemKey = item.pick({ idempotency_key: true }).catch({ idempotency_key: null });

const result = z.union([
  z.object({ status: z.enum(["stored", "replayed"]), warnings: z.array(warning).optional() }),
  z.object({ status: z.enum(["refused", "unavailable"]), ...errorResponse.shape }),
]);

/** `POST /audit_logs/events/batch` */
export const createEvents = endpoint(
  {
    needs: "events:write",
    summary: "Create up to 1,000 events",
    description:
      'Specific to Trailport: WorkOS accepts one event per request. Send a JSON list, `{ "events": [ … ] }`, or one event ' +
      "per line with the content type `application/x-ndjson`. The response has one result per event, in order; an invalid " +
      "event does not affect the others. `refused`: the event is invalid for the reason in `message` and `errors`; sending " +
      "it again has the same result. `unavailable`: the event could not be stored right now; send only these events again. " +
      "If no event could be stored for that reason, the whole request fails with 503 and `Retry-After`; send it again " +
      "unchanged. With an `idempotency_key` per event, you can safely send any batch again, even if you got no response.",
    body: batch,
    example: { events: [exampleEvent, { ...exampleEvent, idempotency_key: "sign-in-4711" }] },
    status: 200,
    bodyLimit: BATCH_LIMIT,
    bodyBudget: "shared",
    read: readJsonOrLines,
    response: z.object({ object: z.literal("list"), data: z.array(result) }),
  },
  async ({ scope, body }) => {
    const attempts = await Promise.all(body.events.map((each) => attempt(scope, each)));
    const rejections = attempts.flatMap(({ failure, ...sent }) => (isRejection(failure) ? [{ ...sent, failure }] : []));
    const failed = attempts.find(({ stored, failure }) => stored === null && !isRejection(failure));
    const isAnyStored = attempts.some(({ stored }) => stored !== null);
    // Nothing is stored, so the sender can repeat the whole request.
    if (failed && !isAnyStored) throw failed.failure;
    const keepFailure = await keep(scope, rejections);
    if (keepFailure !== null && !isAnyStored) throw keepFailure;
    return { object: "list", data: attempts.map((each) => resultOf(scope, each, keepFailure)) } as const;
  },
);

/** The outcome of one event. */
interface Attempt {
  readonly body: unknown;
  readonly idempotencyKey: string | null;
  readonly stored: "stored" | "replayed" | null;
  readonly warnings: readonly Warning[];
  readonly failure: unknown;
}

async function attempt(scope: EnvironmentScope, body: unknown): Promise<Attempt> {
  const { idempotency_key: idempotencyKey } = itemKey.parse(body);
  try {
    const stored = await storeEvent(scope, body, idempotencyKey);
    return { body, idempotencyKey, stored, warnings: await eventTimeWarnings(scope, body), failure: null };
  } catch (failure) {
    return { body, idempotencyKey, stored: null, warnings: [], failure };
  }
}

/** Keeps the rejected events. Returns null or why that failed, which must not fail the events that are stored. */
async function keep(scope: EnvironmentScope, rejections: readonly Rejection[]): Promise<unknown> {
  return keepRejectedEvents(scope, rejections).then(
    () => null,
    (failure: unknown) => failure,
  );
}

function resultOf(
  scope: EnvironmentScope,
  { stored, warnings, failure }: Attempt,
  keepFailure: unknown,
): z.input<typeof result> {
  if (stored !== null) return { status: stored, ...(warnings.length > 0 && { warnings: [...warnings] }) };
  if (isRejection(failure) && keepFailure === null) return { status: "refused", ...errorBody(failure) };
  const cause = isRejection(failure) ? keepFailure : failure;
  if (cause instanceof DomainError) return { status: "unavailable", ...errorBody(cause) };
  scope.log.error({ err: cause }, "an event of a batch failed");
  return { status: "unavailable", message: "Something went wrong on our side.", code: "internal_error" };
}
