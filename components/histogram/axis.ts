import { formatClock, formatDay, formatMonth, formatTime, formatYear, type Zone } from "@/components/time/zone";
import type { Bucket } from "./selection";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;
const MOST_TICKS = 6;

/** Distances between labels in milliseconds; from a month on about. */
const DISTANCES = [
  ...[1, 5, 15, 30].map((n) => n * SECOND),
  ...[1, 5, 15, 30].map((n) => n * MINUTE),
  ...[1, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14].map((n) => n * DAY),
  ...[1, 3, 6].map((n) => n * MONTH),
  ...[1, 2, 5, 10, 50, 100, 500, 1000, 5000].map((n) => n * YEAR),
];

export interface Tick {
  /** As a share of the width. */
  readonly at: number;
  readonly label: string;
}

/** Labels for a few bars, each where a clock in the zone passes something round: a full hour, midnight, the first of a month. */
export function axisTicks(buckets: readonly Bucket[], zone: Zone): Tick[] {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return [];
  const [start, end] = [first.from.getTime(), last.to.getTime()];
  const length = end - start;
  const distance = DISTANCES.find((size) => length / size <= MOST_TICKS) ?? 5000 * YEAR;
  let before = stepOf(new Date(start - 1), distance, zone);
  return buckets.flatMap(({ from }) => {
    const step = stepOf(from, distance, zone);
    const isNew = step !== before;
    before = step;
    const at = (from.getTime() - start) / length;
    return isNew ? [{ at, label: labelOf(from, distance, zone) }] : [];
  });
}

/** Which of the steps of a size, counted on the zone's own clock and calendar, a moment lies in. */
function stepOf(moment: Date, size: number, zone: Zone): number {
  const offset = zone === "utc" ? 0 : moment.getTimezoneOffset() * MINUTE;
  const shown = new Date(moment.getTime() - offset);
  if (size >= YEAR) return Math.floor(shown.getUTCFullYear() / Math.round(size / YEAR));
  if (size >= MONTH) return Math.floor((shown.getUTCFullYear() * 12 + shown.getUTCMonth()) / Math.round(size / MONTH));
  // 1 January 1970 was a Thursday; weeks begin on Monday.
  const monday = size % (7 * DAY) === 0 ? 4 * DAY : 0;
  return Math.floor((shown.getTime() - monday) / size);
}

function labelOf(moment: Date, distance: number, zone: Zone): string {
  if (distance >= YEAR) return formatYear(moment, zone);
  if (distance > MONTH) return formatMonth(moment, zone);
  if (distance >= DAY) return formatDay(moment, zone);
  const clock = formatClock(moment, zone);
  if (clock === "00:00" && distance >= HOUR) return formatDay(moment, zone);
  return distance < MINUTE ? formatTime(moment, zone) : clock;
}
