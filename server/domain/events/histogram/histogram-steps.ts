const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A quarter has up to 92 days. More bars would be too thin to see or click. */
const MAX_BUCKETS = 92;

/** The width of a bucket, in milliseconds or in months, whose length varies. */
export type Step =
  | { readonly unit: "millisecond"; readonly count: number }
  | { readonly unit: "month"; readonly count: number };

const milliseconds = (count: number): Step => ({ unit: "millisecond", count });
const months = (count: number): Step => ({ unit: "month", count });

/** Steps that are easy to read, from a second to a millennium. */
const STEPS: readonly Step[] = [
  ...[1, 5, 15, 30].map((n) => milliseconds(n * SECOND)),
  ...[1, 5, 15, 30].map((n) => milliseconds(n * MINUTE)),
  ...[1, 3, 6, 12].map((n) => milliseconds(n * HOUR)),
  ...[1, 2, 7].map((n) => milliseconds(n * DAY)),
  ...[1, 3, 12, 60, 240, 1200, 12_000].map(months),
];

/** Returns the smallest step with at most 92 whole buckets. Ranges of at least half a minute get at least 20 buckets. */
export function stepFor(from: Date, to: Date): Step {
  const length = to.getTime() - from.getTime();
  const fits = (step: Step) => length / lengthOf(step) <= MAX_BUCKETS;
  return STEPS.find(fits) ?? months(12_000);
}

/** Returns the length in milliseconds; approximate for months. */
export function lengthOf(step: Step): number {
  return step.unit === "month" ? step.count * 30 * DAY : step.count;
}

/**
 * Returns the boundaries of the buckets: the ends of the range, and between them the times at which the zone's clock shows
 * a full step (a full hour, midnight, Monday, the first of a month). When the clock skips such a time, the step begins
 * after the skipped time. When the clock is set back, it shows a time of day twice, and each is a boundary; a date begins once.
 */
export function boundaries(from: Date, to: Date, step: Step, zone: string): Date[] {
  const range = { from: from.getTime(), to: to.getTime(), offsetAt: offsets(zone) };
  const isPartOfDay = step.unit === "millisecond" && step.count < DAY;
  const between = isPartOfDay ? timesOfDay(range, step.count) : dates(range, step);
  return [range.from, ...between, range.to].map((instant) => new Date(instant));
}

interface ZonedRange {
  readonly from: number;
  readonly to: number;
  /** Returns how many milliseconds the zone's clock is ahead of UTC at an instant. */
  readonly offsetAt: (instant: number) => number;
}

/** Returns all times within the range at which the clock reaches a multiple of `length`, which is shorter than a day. */
function timesOfDay({ from, to, offsetAt }: ZonedRange, length: number): number[] {
  const steps = (shown: number) => Math.floor(shown / length);
  const all: number[] = [];
  let [time, offset] = [from, offsetAt(from)];
  for (;;) {
    const next = (steps(time + offset) + 1) * length - offset;
    if (next >= to) return all;
    const later = offsetAt(next);
    if (later === offset) {
      all.push(next);
      time = next;
      continue;
    }
    const change = changeBetween(time, next, offsetAt);
    // The clock would have shown `end`, but shows `start`.
    const [end, start] = [change + offset, change + later];
    const isFull = end % length === 0 || start % length === 0;
    if (isFull || steps(start) > steps(end - 1)) all.push(change);
    [time, offset] = [change, later];
  }
}

/** Returns all times within the range at which a day, a week or a month begins that is a multiple of `step`. */
function dates({ from, to, offsetAt }: ZonedRange, step: Step): number[] {
  // The local time as if it were UTC, so that UTC functions calculate with the local calendar.
  let shown = floor(from + offsetAt(from), step);
  let last = from;
  const all: number[] = [];
  for (;;) {
    shown = step.unit === "month" ? addMonths(shown, step.count) : shown + step.count;
    const next = startOfDate(shown, offsetAt);
    if (next >= to) return all;
    // A zone that skipped a whole day has two dates that begin at the same time.
    if (next > last) all.push(next);
    last = Math.max(last, next);
  }
}

/** Returns the last time at which the zone's clock reaches `midnight` from below, or jumps over it. */
function startOfDate(midnight: number, offsetAt: ZonedRange["offsetAt"]): number {
  // No zone is a whole day ahead of or behind UTC.
  const [dayBefore, dayAfter] = [midnight - DAY, midnight + DAY];
  const [before, after] = [offsetAt(dayBefore), offsetAt(dayAfter)];
  if (before === after) return midnight - before;
  const change = changeBetween(dayBefore, dayAfter, offsetAt);
  const isReachedBefore = midnight - before < change && change + after >= midnight;
  return isReachedBefore ? midnight - before : Math.max(change, midnight - after);
}

/** Returns when the zone's offset changes, given that it differs between both instants. */
function changeBetween(start: number, end: number, offsetAt: ZonedRange["offsetAt"]): number {
  const before = offsetAt(start);
  let [low, high] = [start, end];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** Rounds a local time down to the start of its step. Weeks start on Monday. */
function floor(shown: number, step: Step): number {
  if (step.unit === "month") {
    const date = new Date(shown);
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
    return addMonths(Date.parse("2000-01-01T00:00:00.000Z"), Math.floor(month / step.count) * step.count - 2000 * 12);
  }
  // 1 January 1970 was a Thursday.
  const monday = step.count === 7 * DAY ? 4 * DAY : 0;
  return Math.floor((shown - monday) / step.count) * step.count + monday;
}

/** Returns the first day of the month that is `count` months later. */
function addMonths(shown: number, count: number): number {
  const date = new Date(shown);
  // `Date.UTC` would turn the years 0 to 99 into 1900 to 1999.
  date.setUTCFullYear(date.getUTCFullYear(), date.getUTCMonth() + count, 1);
  return date.getTime();
}

function offsets(zone: string): ZonedRange["offsetAt"] {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  return (instant) => {
    const name = format.formatToParts(instant).find((part) => part.type === "timeZoneName")?.value ?? "";
    const [, sign, hours, minutes = 0, seconds = 0] = /GMT([+-])(\d+):(\d+)(?::(\d+))?/.exec(name) ?? [];
    if (sign === undefined) return 0;
    const ahead = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
    return sign === "-" ? -ahead : ahead;
  };
}
