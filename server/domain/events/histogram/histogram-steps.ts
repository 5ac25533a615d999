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
 * a full step (a full hour, midnight, Monday, the first of a month).
 */
export function boundaries(from: Date, to: Date, step: Step, zone: string): Date[] {
  const offsetAt = offsets(zone);
  // The local time as if it were UTC, so that UTC functions calculate with the local calendar.
  const wall = (instant: number) => instant + offsetAt(instant);
  // Applied twice, because the first result can be on the other side of a clock change.
  const instantOf = (shown: number) => shown - offsetAt(shown - offsetAt(shown));
  const all = [from.getTime()];
  let shown = floor(wall(from.getTime()), step);
  for (;;) {
    shown = step.unit === "month" ? addMonths(shown, step.count) : shown + step.count;
    const next = instantOf(shown);
    if (next >= to.getTime()) break;
    // When the clock is set back, the same local time occurs twice.
    if (next > (all.at(-1) ?? -Infinity)) all.push(next);
  }
  return [...all, to.getTime()].map((instant) => new Date(instant));
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

/** Returns a function that tells how many milliseconds the zone's clock is ahead of UTC at an instant. */
function offsets(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  return (instant) => {
    const name = format.formatToParts(instant).find((part) => part.type === "timeZoneName")?.value ?? "";
    const [, sign, hours, minutes = 0, seconds = 0] = /GMT([+-])(\d+):(\d+)(?::(\d+))?/.exec(name) ?? [];
    if (sign === undefined) return 0;
    const ahead = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
    return sign === "-" ? -ahead : ahead;
  };
}
