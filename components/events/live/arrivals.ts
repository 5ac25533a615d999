import type { AuditLogEvent } from "@/schemas/events/event";

/** How late an event may come in and still show by itself; in a list in which nothing happens, the longer one. */
const LATE = 30_000;
const LATE_WHEN_QUIET = 600_000;

/** How far ahead somebody's clock may be, as ranges that end now allow for. */
const AHEAD = 60_000;
/** With more than so many the list is read anew, so that a page left open does not grow for ever. */
const MOST = 1_000;

/** What has come in since the list was read, in the order in which it was noticed. */
export interface Arrivals {
  readonly batches: readonly { readonly noticedAt: number; readonly events: readonly AuditLogEvent[] }[];
  /** When it was last asked, in milliseconds; everything before is in the list or here. */
  readonly asOf: number;
  /** Whether more came in than was read: the list has to be read anew. */
  readonly isBehind: boolean;
}

/** Newest first; of two in the same millisecond the later made one, as the server has it. */
function compareEvents(a: AuditLogEvent, b: AuditLogEvent): number {
  return b.occurredAt.getTime() - a.occurredAt.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

/**
 * From when on to ask for new events: a little before the newest known one, since events may come in late, and never much
 * before the last time that was asked, so that no answer has to look far back.
 */
export function watchFrom(known: readonly AuditLogEvent[], asOf: number): Date {
  const latest = Math.min(newestAsOf(known, asOf)?.occurredAt.getTime() ?? -Infinity, asOf);
  return new Date(Math.max(latest - LATE, asOf - LATE_WHEN_QUIET));
}

/** Leaving out what happens in the future by somebody's clock. */
function newestAsOf(known: readonly AuditLogEvent[], asOf: number): AuditLogEvent | undefined {
  return known.find((event) => event.occurredAt.getTime() <= asOf + AHEAD);
}

/** What is known so far: what was read as a list, and whether that goes back to the start of its range. */
interface Listed {
  readonly events: readonly AuditLogEvent[];
  readonly isComplete: boolean;
}

/** The arrivals with those of an answer that was asked for at `asOf`. */
export function addArrivals(
  past: Arrivals,
  { events: listed, isComplete }: Listed,
  answer: { readonly items: readonly AuditLogEvent[]; readonly next: string | null },
  asOf: number,
): Arrivals {
  const known = mergeEvents(eventsOf(past), listed);
  const ids = new Set(known.map((event) => event.id));
  const [newest, oldest] = [newestAsOf(known, asOf), known.at(-1)];
  // What is older than all that was read belongs to a page that may still be read.
  const events = answer.items.filter(
    (event) => !ids.has(event.id) && (isComplete || !oldest || compareEvents(event, oldest) < 0),
  );
  const last = answer.items.at(-1);
  const hasGap = answer.next !== null && (!newest || !last || compareEvents(last, newest) < 0);
  const batches = events.length === 0 ? past.batches : [...past.batches, { noticedAt: asOf, events }];
  return { batches, asOf, isBehind: hasGap || eventsOf({ batches }).length > MOST };
}

export function eventsOf({ batches }: Pick<Arrivals, "batches">): readonly AuditLogEvent[] {
  return batches.flatMap(({ events }) => events);
}

/** Both in one list, newest first, each event once. */
export function mergeEvents(
  arrived: readonly AuditLogEvent[],
  listed: readonly AuditLogEvent[],
): readonly AuditLogEvent[] {
  if (arrived.length === 0) return listed;
  const byId = new Map([...arrived, ...listed].map((event) => [event.id, event]));
  return [...byId.values()].toSorted(compareEvents);
}
