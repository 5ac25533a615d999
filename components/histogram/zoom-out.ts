import type { TimeRange } from "@/components/time/time-range";

const FACTOR = 3;

/**
 * Returns a fixed range widened around its middle, but not beyond `now` unless it already ended later. Returns null for
 * relative ranges: the user can pick a longer one.
 */
export function zoomOut(range: TimeRange, now: Date): TimeRange | null {
  if (range.kind !== "fixed") return null;
  const [from, to] = [range.from.getTime(), range.to.getTime()];
  const length = Math.max(to - from, 1000) * FACTOR;
  const end = Math.min((from + to + length) / 2, Math.max(to, now.getTime()));
  const start = Math.max(end - length, Math.min(from, 0));
  return { kind: "fixed", from: new Date(Math.floor(start)), to: new Date(Math.ceil(end)) };
}
