import { eventBody } from "@/schemas/events/event-body";
import type { ReplayedLot, ReplayOutcome } from "@/schemas/events/rejected-event";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { DomainError, notFound } from "@/server/kernel/errors";
import { eventId, eventUuidFrom } from "@/server/kernel/ids";
import { parse } from "@/server/kernel/parse";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { isEventStored } from "./is-event-stored";
import { recordEvent } from "@/server/domain/events/ingest/record-event";
import { reasonColumns, sentRequest, type RejectedRow } from "./rejected-event-row";
import { isRefusal } from "./rejected-events";

/** How many one call sends again. */
const LOT = 200;
/** How many of them at a time: enough for the event writer to commit together. */
const AT_ONCE = 20;

/**
 * Sends a rejected event again as if its request came in now. The event takes the ULID of the rejected one, so a replay
 * that was cut off, or made twice, stores one event. What is refused again keeps the new reason.
 * @throws DomainError `not_found`; `conflict` for one that is not kept whole
 */
export async function replayRejectedEvent(scope: EnvironmentScope, id: string): Promise<ReplayOutcome> {
  const row = await scope.db.prisma.rejectedEvent.findFirst({ where: { id, environmentPk: scope.environment.pk } });
  if (!row) throw notFound("Rejected event", id);
  if (row.replayedAt) return { status: "known", eventId: row.replayedEventId };
  const attempt = await sendAgain(scope, row);
  if (attempt === "cut") {
    const message =
      "This event is too long to be kept whole, so it cannot be replayed. Send it again from your backend.";
    throw new DomainError("conflict", message);
  }
  await note(scope, [attempt]);
  return attempt.outcome;
}

/**
 * The same for all that wait, oldest first: one lot a call, from beyond `after` on. Those that are not kept whole are
 * passed over.
 */
export async function replayRejectedEvents(scope: EnvironmentScope, after: string | null): Promise<ReplayedLot> {
  const rows = await scope.db.prisma.rejectedEvent.findMany({
    where: { environmentPk: scope.environment.pk, replayedAt: null, ...(after !== null && { id: { gt: after } }) },
    orderBy: { id: "asc" },
    take: LOT,
  });
  const attempts: Attempt[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = await Promise.all(rows.slice(at, at + AT_ONCE).map((row) => sendAgain(scope, row)));
    attempts.push(...some.filter((attempt) => attempt !== "cut"));
  }
  await note(scope, attempts);
  const refused = attempts.filter(({ outcome }) => outcome.status === "refused").length;
  const next = rows.length === LOT ? (rows.at(-1)?.id ?? null) : null;
  return { accepted: attempts.length - refused, refused, next };
}

interface Attempt {
  readonly id: string;
  readonly outcome: ReplayOutcome;
  /** The columns that the rejected event gets. */
  readonly columns:
    | ReturnType<typeof reasonColumns>
    | { readonly replayedAt: Date; readonly replayedEventId: string | null };
}

async function sendAgain(scope: EnvironmentScope, row: RejectedRow): Promise<Attempt | "cut"> {
  const sent = sentRequest(row);
  if (!sent) return "cut";
  try {
    const { organization_id, event } = parse(eventBody, sent.body);
    const organization = await scopeToOrganization(scope, organization_id);
    const uuid = eventUuidFrom(row.id);
    const result = await recordEvent(organization, event, { idempotencyKey: sent.idempotencyKey, uuid });
    // A replay that was cut off has stored it under this id; otherwise the sender has, under the same key.
    const isOurs = result === "stored" || (await isEventStored(organization, { occurredAt: event.occurredAt, uuid }));
    const columns = { replayedAt: scope.now(), replayedEventId: isOurs ? eventId(uuid) : null };
    if (result === "stored") return { id: row.id, outcome: { status: "stored", eventId: eventId(uuid) }, columns };
    return { id: row.id, outcome: { status: "known", eventId: columns.replayedEventId }, columns };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { message, details } = error;
    const outcome = { status: "refused", message, violations: details.violations ?? [] } as const;
    return { id: row.id, outcome, columns: reasonColumns(error) };
  }
}

/** Keeps what became of them, and says in the trail how many were accepted. */
async function note(scope: EnvironmentScope, attempts: readonly Attempt[]): Promise<void> {
  await scope.db.prisma.$transaction(async (tx) => {
    let accepted = 0;
    for (const { id, outcome, columns } of attempts) {
      const { count } = await tx.rejectedEvent.updateMany({ where: { id, replayedAt: null }, data: columns });
      if (outcome.status !== "refused") accepted += count;
    }
    if (accepted > 0) await recordActivity(tx, scope, "rejected_events.replayed", { events: accepted });
  });
}
