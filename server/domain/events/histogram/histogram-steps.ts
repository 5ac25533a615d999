const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A quarter in days. More bars are too thin to be drawn or clicked. */
const MOST_BUCKETS = 92;

/** How wide a bucket is: milliseconds, or months, which have no fixed length. */
export type Step =
  | { readonly unit: "millisecond"; readonly count: number }
  | { readonly unit: "month"; readonly count: number };

const milliseconds = (count: number): Step => ({ unit: "millisecond", count });
const months = (count: number): Step => ({ unit: "month", count });

/** The steps that people read at a glance, up to millennia. */
const STEPS: readonly Step[] = [
  ...[1, 5, 15, 30].map((n) => milliseconds(n * SECOND)),
  ...[1, 5, 15, 30].map((n) => milliseconds(n * MINUTE)),
  ...[1, 3, 6, 12].map((n) => milliseconds(n * HOUR)),
  ...[1, 2, 7].map((n) => milliseconds(n * DAY)),
  ...[1, 3, 12, 60, 240, 1200, 12_000].map(months),
];

/** The finest step that divides the range into 92 whole buckets at most; from half a minute on these are 20 at least. */
export function stepFor(from: Date, to: Date): Step {
  const length = to.getTime() - from.getTime();
  const fits = (step: Step) => length / lengthOf(step) <= MOST_BUCKETS;
  return STEPS.find(fits) ?? months(12_000);
}

/** Milliseconds; of months about. */
export function lengthOf(step: Step): number {
  return step.unit === "month" ? step.count * 30 * DAY : step.count;
}

/**
 * The moments that divide the range: its own ends, and between them those at which a clock in the zone shows a full
 * step (the full hour, midnight, Monday, the first of a month).
 */
export function boundaries(from: Date, to: Date, step: Step, zone: string): Date[] {
  const offsetAt = offsets(zone);
  // As if the clock on the wall showed UTC, so that its calendar can be reckoned with.
  const wall = (instant: number) => instant + offsetAt(instant);
  // Twice: the first guess may lie on the other side of a change of the clock.
  const instantOf = (shown: number) => shown - offsetAt(shown - offsetAt(shown));
  const all = [from.getTime()];
  let shown = floor(wall(from.getTime()), step);
  for (;;) {
    shown = step.unit === "month" ? addMonths(shown, step.count) : shown + step.count;
    const next = instantOf(shown);
    if (next >= to.getTime()) break;
    // While the clock is put back it shows the same twice.
    if (next > (all.at(-1) ?? -Infinity)) all.push(next);
  }
  return [...all, to.getTime()].map((instant) => new Date(instant));
}

/** The start of the step in which a clock's time lies; weeks begin on Monday. */
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

/** To the first of the month so many later. */
function addMonths(shown: number, count: number): number {
  const date = new Date(shown);
  // Not Date.UTC, which takes the years below 100 for those of the last century.
  date.setUTCFullYear(date.getUTCFullYear(), date.getUTCMonth() + count, 1);
  return date.getTime();
}

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds. */
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
