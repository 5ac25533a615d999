import { z } from "zod";
import { isRefusal, keepRejectedEvents, type Refusal } from "@/server/domain/events/rejected/rejected-events";
import { DomainError } from "@/server/kernel/errors";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { eventBody, exampleEvent } from "@/schemas/events/event-body";
import { described, optional } from "@/schemas/wire";
import { readWithinBudget, withinBudget } from "@/server/rest/http/body-budget";
import { endpoint } from "@/server/rest/http/endpoint";
import { errorAnswer, errorBody } from "@/server/rest/http/errors";
import { storeSent } from "./create-event";
import { readJsonOrLines } from "@/server/rest/http/read-body";

/** The largest body of a batch, in bytes. */
export const LARGEST_BATCH = 10_000_000;
const MOST_IN_A_BATCH = 1_000;

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
  z.object({ status: z.enum(["refused", "unavailable"]), ...errorAnswer.shape }),
]);

/** `POST /audit_logs/events/batch` */
export const createEvents = withinBudget(
  endpoint(
    {
      summary: "Create up to 1,000 events",
      description:
        'Trailport\'s own: WorkOS takes one event per request. A JSON list, `{ "events": [ … ] }`, or with the content type ' +
        "`application/x-ndjson` one event a line. Each has a result of its own, in order; a bad one does not fail its neighbours. " +
        "`refused` says why in `message` and `errors`, and would be refused again. `unavailable` could not be stored at the " +
        "moment: send those again, and only those. Where that is true of all that could be stored, the whole request is " +
        "answered 503 with `Retry-After`, and can be sent again as it is. An `idempotency_key` per event makes every repetition " +
        "harmless, also of a request that a broken connection left without an answer.",
      body: batch,
      example: { events: [exampleEvent, { ...exampleEvent, idempotency_key: "sign-in-4711" }] },
      status: 200,
      read: readWithinBudget(readJsonOrLines, LARGEST_BATCH),
      answer: z.object({ object: z.literal("list"), data: z.array(result) }),
    },
    async ({ scope, body }) => {
      const attempts = await Promise.all(body.events.map((each) => attempt(scope, each)));
      const refusals = attempts.flatMap(({ failure, ...sent }) => (isRefusal(failure) ? [{ ...sent, failure }] : []));
      const failed = attempts.find(({ stored, failure }) => stored === null && !isRefusal(failure));
      const isAnyStored = attempts.some(({ stored }) => stored !== null);
      // Nothing is stored, so the whole can be sent again.
      if (failed && !isAnyStored) throw failed.failure;
      const notKept = await keep(scope, refusals);
      if (notKept !== null && !isAnyStored) throw notKept;
      return { object: "list", data: attempts.map((each) => resultOf(scope, each, notKept)) } as const;
    },
  ),
);

/** What became of one event. */
interface Attempt {
  readonly body: unknown;
  readonly idempotencyKey: string | null;
  readonly stored: "stored" | "replayed" | null;
  readonly failure: unknown;
}

async function attempt(scope: EnvironmentScope, body: unknown): Promise<Attempt> {
  const { idempotency_key: idempotencyKey } = itemKey.parse(body);
  try {
    return { body, idempotencyKey, stored: await storeSent(scope, body, idempotencyKey), failure: null };
  } catch (failure) {
    return { body, idempotencyKey, stored: null, failure };
  }
}

/** Null once the refusals are kept; otherwise why they are not, which must not fail the neighbours that are stored. */
async function keep(scope: EnvironmentScope, refusals: readonly Refusal[]): Promise<unknown> {
  return keepRejectedEvents(scope, refusals).then(
    () => null,
    (failure: unknown) => failure,
  );
}

function resultOf(scope: EnvironmentScope, { stored, failure }: Attempt, notKept: unknown): z.input<typeof result> {
  if (stored !== null) return { status: stored };
  if (isRefusal(failure) && notKept === null) return { status: "refused", ...errorBody(failure) };
  const cause = isRefusal(failure) ? notKept : failure;
  if (cause instanceof DomainError) return { status: "unavailable", ...errorBody(cause) };
  scope.log.error({ err: cause }, "an event of a batch failed");
  return { status: "unavailable", message: "Something went wrong on our side.", code: "internal_error" };
}
