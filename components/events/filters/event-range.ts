import { resolveRange, type TimeRange } from "@/components/time/time-range";

/**
 * How far ahead of the server a sender's clock may be. A day covers a clock that is minutes fast and one that was set to
 * another time zone.
 */
const MAX_CLOCK_SKEW = 86_400_000;

/** Returns the end of ranges that end now: events that senders with fast clocks date in the future belong to them. */
export function endOfEvents(now: Date): Date {
  return new Date(now.getTime() + MAX_CLOCK_SKEW);
}

/** Returns the start and end of a range of events as of `now`. */
export function resolveEventRange(range: TimeRange, now: Date): { readonly from: Date; readonly to: Date } {
  const resolved = resolveRange(range, now);
  return range.kind === "last" ? { ...resolved, to: endOfEvents(now) } : resolved;
}
