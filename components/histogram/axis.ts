import { formatClock, formatDay, formatMonth, formatTime, formatYear, type Zone } from "@/components/time/zone";
import type { Bucket } from "./selection";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;
const MAX_TICKS = 6;

/** Distances between labels in milliseconds. Months and years are approximate. */
const DISTANCES = [
  ...[1, 5, 15, 30].map((n) => n * SECOND),
  ...[1, 5, 15, 30].map((n) => n * MINUTE),
  ...[1, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14].map((n) => n * DAY),
  ...[1, 3, 6].map((n) => n * MONTH),
  ...[1, 2, 5, 10, 50, 100, 500, 1000, 5000].map((n) => n * YEAR),
];

export interface Tick {
  /** Share of the width, from 0 to 1. */
  readonly at: number;
  readonly label: string;
}

/** Labels a few bars, each where the zone's clock reaches a round time: a full hour, midnight, the first of a month. */
export function axisTicks(buckets: readonly Bucket[], zone: Zone): Tick[] {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return [];
  const [start, end] = [first.from.getTime(), last.to.getTime()];
  const length = end - start;
  const distance = DISTANCES.find((size) => length / size <= MAX_TICKS) ?? 5000 * YEAR;
  let before = new Date(start - 1);
  return buckets.flatMap(({ from }) => {
    const isNew = stepOf(from, distance, zone) !== stepOf(before, distance, zone);
    const isNewDay = stepOf(from, DAY, zone) !== stepOf(before, DAY, zone);
    before = from;
    const at = (from.getTime() - start) / length;
    return isNew ? [{ at, label: labelOf(from, distance, isNewDay, zone) }] : [];
  });
}

/** Returns the number of the step that contains `time`, counted on the zone's own clock and calendar. */
function stepOf(time: Date, size: number, zone: Zone): number {
  const offset = zone === "utc" ? 0 : time.getTimezoneOffset() * MINUTE;
  const shown = new Date(time.getTime() - offset);
  if (size >= YEAR) return Math.floor(shown.getUTCFullYear() / Math.round(size / YEAR));
  if (size >= MONTH) return Math.floor((shown.getUTCFullYear() * 12 + shown.getUTCMonth()) / Math.round(size / MONTH));
  // 1 January 1970 was a Thursday; weeks begin on Monday.
  const monday = size % (7 * DAY) === 0 ? 4 * DAY : 0;
  return Math.floor((shown.getTime() - monday) / size);
}

/** `isNewDay`: whether the day begins at `time`, which is not always at midnight. */
function labelOf(time: Date, distance: number, isNewDay: boolean, zone: Zone): string {
  if (distance >= YEAR) return formatYear(time, zone);
  if (distance > MONTH) return formatMonth(time, zone);
  if (distance >= DAY) return formatDay(time, zone);
  if (isNewDay && distance >= HOUR) return formatDay(time, zone);
  return distance < MINUTE ? formatTime(time, zone) : formatClock(time, zone);
}
