import { eventBody } from "@/schemas/events/event-body";
import type { ReplayedBatch, ReplayOutcome } from "@/schemas/events/rejected-event";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { admitEvents } from "@/server/domain/rate-limit/admit-request";
import { DomainError, notFound } from "@/server/kernel/errors";
import { eventId, eventUuidFrom } from "@/server/kernel/ids";
import { parse } from "@/server/kernel/parse";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { isEventStored } from "./is-event-stored";
import { idempotencyKeyOf } from "@/server/domain/events/ingest/idempotency-key";
import { recordEvent } from "@/server/domain/events/ingest/record-event";
import { ERASED_BODY, reasonColumns, sentRequest, type RejectedRow } from "./rejected-event-row";
import { isRejection } from "./rejected-events";

/** Rejected events that one call replays. */
const BATCH_SIZE = 200;
/** How many of them run in parallel, so that the event writer can commit them together. */
const PARALLEL = 20;

/**
 * Replays a rejected event as if its request arrived now. The event gets the ULID of the rejected event, so an interrupted
 * or repeated replay stores one event. If it is rejected again, the new reason replaces the old one.
 * @throws DomainError `not_found`; `conflict` if the stored body is truncated or was erased
 */
export async function replayRejectedEvent(scope: EnvironmentScope, id: string): Promise<ReplayOutcome> {
  const row = await scope.db.prisma.rejectedEvent.findFirst({ where: { id, environmentPk: scope.environment.pk } });
  if (!row) throw notFound("Rejected event", id);
  if (row.replayedAt) return { status: "known", eventId: row.replayedEventId };
  const attempt = await sendAgain(scope, row);
  if (attempt === "truncated") {
    const isErased = row.body === ERASED_BODY;
    throw new DomainError(
      "conflict",
      isErased
        ? "The organization was deleted, and this event's content with it."
        : "Too large to replay. Resend it from your backend.",
    );
  }
  await saveAttempts(scope, [attempt]);
  return attempt.outcome;
}

/**
 * Replays the next batch of pending rejected events, oldest first, starting after the ID `after`. It skips events whose
 * stored body is truncated.
 */
export async function replayRejectedEvents(scope: EnvironmentScope, after: string | null): Promise<ReplayedBatch> {
  const rows = await scope.db.prisma.rejectedEvent.findMany({
    where: { environmentPk: scope.environment.pk, replayedAt: null, ...(after !== null && { id: { gt: after } }) },
    orderBy: { id: "asc" },
    take: BATCH_SIZE,
  });
  await admitEvents(scope, rows.length);
  const attempts: Attempt[] = [];
  for (let at = 0; at < rows.length; at += PARALLEL) {
    const some = await Promise.all(rows.slice(at, at + PARALLEL).map((row) => sendAgain(scope, row)));
    attempts.push(...some.filter((attempt) => attempt !== "truncated"));
  }
  await saveAttempts(scope, attempts);
  const rejected = attempts.filter(({ outcome }) => outcome.status === "rejected").length;
  const next = rows.length === BATCH_SIZE ? (rows.at(-1)?.id ?? null) : null;
  return { accepted: attempts.length - rejected, rejected, next };
}

interface Attempt {
  readonly id: string;
  readonly outcome: ReplayOutcome;
  /** The new values of the rejected event's columns. */
  readonly columns:
    | ReturnType<typeof reasonColumns>
    | { readonly replayedAt: Date; readonly replayedEventId: string | null };
}

async function sendAgain(scope: EnvironmentScope, row: RejectedRow): Promise<Attempt | "truncated"> {
  const sent = sentRequest(row);
  if (!sent) return "truncated";
  try {
    const { organization_id, event, idempotency_key } = parse(eventBody, sent.body);
    const idempotencyKey = idempotencyKeyOf(sent.idempotencyKey, idempotency_key);
    const organization = await scopeToOrganization(scope, organization_id);
    const uuid = eventUuidFrom(row.id);
    const result = await recordEvent(organization, event, { idempotencyKey, uuid });
    // A known key means either that an interrupted replay stored the event under this ID, or that the sender stored it.
    const isOurs = result === "stored" || (await isEventStored(organization, { occurredAt: event.occurredAt, uuid }));
    const columns = { replayedAt: scope.now(), replayedEventId: isOurs ? eventId(uuid) : null };
    if (result === "stored") return { id: row.id, outcome: { status: "stored", eventId: eventId(uuid) }, columns };
    return { id: row.id, outcome: { status: "known", eventId: columns.replayedEventId }, columns };
  } catch (error) {
    if (!isRejection(error)) throw error;
    const { message, details } = error;
    const outcome = { status: "rejected", message, violations: details.violations ?? [] } as const;
    return { id: row.id, outcome, columns: reasonColumns(error) };
  }
}

/** Saves the outcomes and records in the activity how many events were accepted. */
async function saveAttempts(scope: EnvironmentScope, attempts: readonly Attempt[]): Promise<void> {
  await scope.db.prisma.$transaction(async (tx) => {
    let accepted = 0;
    for (const { id, outcome, columns } of attempts) {
      const { count } = await tx.rejectedEvent.updateMany({ where: { id, replayedAt: null }, data: columns });
      if (outcome.status !== "rejected") accepted += count;
    }
    if (accepted > 0) await recordActivity(tx, scope, "rejected_events.replayed", { events: accepted });
  });
}
