import type { AuditLogEvent } from "@/schemas/events/event";

/** How late an event may arrive and still show up live: 30 seconds, or 10 minutes if the list is quiet. */
const MAX_DELAY = 30_000;
const MAX_DELAY_WHEN_QUIET = 600_000;

/** Polls begin at the newest event that is at most this far ahead. */
const MAX_CLOCK_SKEW = 60_000;
/** Above this number the list is loaded again, so that a page left open does not grow forever. */
const MAX_ARRIVALS = 1_000;

/** Events that arrived after the list was loaded, in the order in which they were noticed. */
export interface Arrivals {
  readonly batches: readonly { readonly noticedAt: number; readonly events: readonly AuditLogEvent[] }[];
  /** Time of the last poll in milliseconds. Everything before it is in the list or in `batches`. */
  readonly asOf: number;
  /** Whether more events arrived than were read, so that the list must be loaded again. */
  readonly isBehind: boolean;
}

/** Sorts newest first; within a millisecond by descending ID, like the server. */
function compareEvents(a: AuditLogEvent, b: AuditLogEvent): number {
  return b.occurredAt.getTime() - a.occurredAt.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

/**
 * Returns the start of the next poll: a little before the newest known event, since events may arrive late, but never long
 * before the last poll, so that no query has to scan far back.
 */
export function pollStart(known: readonly AuditLogEvent[], asOf: number): Date {
  const latest = Math.min(newestAsOf(known, asOf)?.occurredAt.getTime() ?? -Infinity, asOf);
  return new Date(Math.max(latest - MAX_DELAY, asOf - MAX_DELAY_WHEN_QUIET));
}

/** Returns the newest event, ignoring those that a sender's wrong clock dated in the future. */
function newestAsOf(known: readonly AuditLogEvent[], asOf: number): AuditLogEvent | undefined {
  return known.find((event) => event.occurredAt.getTime() <= asOf + MAX_CLOCK_SKEW);
}

/** The loaded events, and whether they reach back to the start of the range. */
interface Listed {
  readonly events: readonly AuditLogEvent[];
  readonly isComplete: boolean;
}

/** Adds the new events of a response to a poll made at `asOf`. */
export function addArrivals(
  past: Arrivals,
  { events: listed, isComplete }: Listed,
  response: { readonly items: readonly AuditLogEvent[]; readonly next: string | null },
  asOf: number,
): Arrivals {
  const known = mergeEvents(eventsOf(past), listed);
  const ids = new Set(known.map((event) => event.id));
  const [newest, oldest] = [newestAsOf(known, asOf), known.at(-1)];
  // Events older than the whole list belong to a page that may still be loaded.
  const events = response.items.filter(
    (event) => !ids.has(event.id) && (isComplete || !oldest || compareEvents(event, oldest) < 0),
  );
  const last = response.items.at(-1);
  const hasGap = response.next !== null && (!newest || !last || compareEvents(last, newest) < 0);
  const batches = events.length === 0 ? past.batches : [...past.batches, { noticedAt: asOf, events }];
  return { batches, asOf, isBehind: hasGap || eventsOf({ batches }).length > MAX_ARRIVALS };
}

export function eventsOf({ batches }: Pick<Arrivals, "batches">): readonly AuditLogEvent[] {
  return batches.flatMap(({ events }) => events);
}

/** Merges both lists, newest first, each event once. */
export function mergeEvents(
  arrived: readonly AuditLogEvent[],
  listed: readonly AuditLogEvent[],
): readonly AuditLogEvent[] {
  if (arrived.length === 0) return listed;
  const byId = new Map([...arrived, ...listed].map((event) => [event.id, event]));
  return [...byId.values()].toSorted(compareEvents);
}
