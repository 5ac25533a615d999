import { z } from "zod";
import { eventBody, exampleEvent, misplacedKeyPath } from "@/schemas/events/event-body";
import { described } from "@/schemas/wire";
import { keyInBody } from "@/server/domain/events/ingest/idempotency-key";
import { isRejection, keepRejectedEvents, type Rejection } from "@/server/domain/events/rejected/rejected-events";
import { admitEvents, chargeEvents, requireEventsLeft } from "@/server/domain/rate-limit/admit-request";
import { DomainError } from "@/server/kernel/errors";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { TimeSlices } from "@/server/kernel/time-slices";
import { endpoint } from "@/server/rest/http/endpoint";
import { errorBody, errorResponse } from "@/server/rest/http/errors";
import type { BodyClaim } from "@/server/rest/http/body-budget";
import { readText } from "@/server/rest/http/read-body";
import { readItems, readLines } from "@/server/rest/http/read-items";
import type { ApiRequest } from "@/server/rest/http/request";
import { BatchExamination, notExamined } from "./batch-examination";
import { storeEvent } from "./create-event";
import { withWarnings } from "./event-warnings";
import { type Warning, warnings } from "./warning";

/** The largest body in bytes. */
const BATCH_LIMIT = 10_000_000;
const MAX_EVENTS = 1_000;
/** A larger body counts as more events than it has: one per this many characters. */
const CHARACTERS_PER_EVENT = 10_000;
/** How many valid events a rejected one counts as, because examining and keeping it takes as long. */
const REJECTION_COST = 10;

const hasKey = z.object({ idempotency_key: z.unknown().refine(Boolean) });

const batch = z.preprocess(
  (value, context) => {
    if (Array.isArray(value)) return { events: value };
    const path = hasKey.safeParse(value).success ? ["idempotency_key"] : misplacedKeyPath(value);
    const message = "is not read here: send `idempotency_key` in each event, or the header `Idempotency-Key`";
    if (path) context.addIssue({ code: "custom", path: [...path], message, input: value });
    return value;
  },
  z.object({
    events: z
      .array(described(z.unknown(), eventBody))
      .min(1, "must contain at least one event")
      .max(MAX_EVENTS, `must contain at most ${MAX_EVENTS} events`),
  }),
);

const result = z.union([
  z.object({ status: z.enum(["stored", "replayed"]), warnings }),
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
      "unchanged. After 100 rejections, a batch's other events can have the result `unavailable` with the code " +
      "`not_examined`; send them again as well. With an `idempotency_key` per event, or an `Idempotency-Key` header for the " +
      "whole batch, you can safely send any batch again, even if you got no response. The header counts for each event " +
      "without its own key, at its place in the batch. Each event counts against the limit of events per minute, and a " +
      "rejected one ten times.",
    body: batch,
    example: { events: [exampleEvent, { ...exampleEvent, idempotency_key: "sign-in-4711" }] },
    status: 200,
    bodyLimit: BATCH_LIMIT,
    read: readBatch,
    response: z.object({ object: z.literal("list"), data: z.array(result) }),
  },
  async ({ scope, body, header }) => {
    const attempts = await attemptAll(scope, body.events, header("idempotency-key") || null);
    const rejections = attempts.flatMap(({ failure, ...sent }) => (isRejection(failure) ? [{ ...sent, failure }] : []));
    const failed = attempts.find(
      ({ stored, failure }) => stored === null && !isRejection(failure) && failure !== notExamined,
    );
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

/** Reads the events, and counts them against the limit: before parsing by the size of the body, then by their number. */
async function readBatch(
  request: ApiRequest,
  limit: number,
  claim: BodyClaim,
  scope: EnvironmentScope,
): Promise<unknown> {
  requireEventsLeft(scope);
  const text = await readText(request.incoming, limit, claim);
  const counted = Math.ceil(text.length / CHARACTERS_PER_EVENT);
  await admitEvents(scope, counted);
  const isLines = /ndjson|jsonl|json-lines/i.test(request.header("content-type") ?? "");
  const items = await (isLines ? readLines(text, MAX_EVENTS) : readItems(text, MAX_EVENTS));
  const parsed = batch.safeParse(items);
  if (parsed.success) await admitEvents(scope, Math.max(0, parsed.data.events.length - counted));
  return items;
}

/** Stores the events in slices, so that a batch with much to examine keeps no other request waiting. */
async function attemptAll(
  scope: EnvironmentScope,
  events: readonly unknown[],
  batchKey: string | null,
): Promise<Attempt[]> {
  const examination = new BatchExamination(scope);
  const slices = new TimeSlices();
  const attempts: Promise<Attempt>[] = [];
  for (const [place, each] of events.entries()) {
    attempts.push(attempt(scope, each, keyAt(batchKey, place), examination));
    if (slices.isOver()) await slices.next();
  }
  const settled = await Promise.all(attempts);
  chargeEvents(scope, (REJECTION_COST - 1) * examination.costly);
  return settled;
}

/** Returns the key of the event at this place. With one key for all, equal events of a batch would be stored once. */
function keyAt(batchKey: string | null, place: number): string | null {
  return batchKey === null ? null : `event ${place} of batch ${batchKey}`;
}

async function attempt(
  scope: EnvironmentScope,
  body: unknown,
  keyOfPlace: string | null,
  examination: BatchExamination,
): Promise<Attempt> {
  const idempotencyKey = keyInBody(body) ?? keyOfPlace;
  try {
    const { status, warnings } = await storeEvent(scope, body, idempotencyKey, examination);
    return { body, idempotencyKey, stored: status, warnings, failure: null };
  } catch (failure) {
    return { body, idempotencyKey, stored: null, warnings: [], failure: examination.failureOf(failure) };
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
  if (stored !== null) return { status: stored, ...withWarnings(warnings) };
  if (isRejection(failure) && keepFailure === null) return { status: "refused", ...errorBody(failure) };
  const cause = isRejection(failure) ? keepFailure : failure;
  if (cause instanceof DomainError) return { status: "unavailable", ...errorBody(cause) };
  scope.log.error({ err: cause }, "an event of a batch failed");
  return { status: "unavailable", message: "Something went wrong on our side.", code: "internal_error" };
}
