const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Units of a time span. Months have no fixed length in milliseconds. */
const UNITS = {
  min: { noun: "minute", length: MINUTE },
  h: { noun: "hour", length: HOUR },
  d: { noun: "day", length: DAY },
  w: { noun: "week", length: 7 * DAY },
  mo: { noun: "month", months: 1 },
  y: { noun: "year", months: 12 },
} as const;

type Unit = keyof typeof UNITS;

/** Abbreviations of each unit, in addition to its singular and plural. */
const SPELLINGS: Readonly<Record<Unit, readonly string[]>> = {
  min: ["m", "min", "mins"],
  h: ["h", "hr", "hrs"],
  d: ["d"],
  w: ["w", "wk", "wks"],
  mo: ["mo", "mos"],
  y: ["y", "yr", "yrs"],
};

/** A span of time that ends now. */
export interface TimeSpan {
  readonly count: number;
  readonly unit: Unit;
}

const SHAPE = /^(?:the +)?(?:(?:last|past|previous) *)?(\d{1,4})? *([a-z]+)$/i;

/** Parses a typed span or one from a URL: `last 3 days`, `past 2 weeks`, `last hour`, `36h`. Returns null for anything else. */
export function parseTimeSpan(text: string): TimeSpan | null {
  const [, digits = "1", word = ""] = SHAPE.exec(text.trim()) ?? [];
  const unit = unitOf(word.toLowerCase());
  const count = Number(digits);
  return unit && count > 0 ? { count, unit } : null;
}

function unitOf(word: string): Unit | undefined {
  // Object.keys() widens the keys to string.
  const units = Object.keys(UNITS) as Unit[];
  return units.find((unit) => [...SPELLINGS[unit], UNITS[unit].noun, `${UNITS[unit].noun}s`].includes(word));
}

/** Returns the short form, as in `36h`. `parseTimeSpan` reads it. */
export function spanText({ count, unit }: TimeSpan): string {
  return `${count}${unit}`;
}

/** `Last 36 hours`, `Last hour` */
export function spanLabel({ count, unit }: TimeSpan): string {
  const { noun } = UNITS[unit];
  return count === 1 ? `Last ${noun}` : `Last ${count} ${noun}s`;
}

/**
 * Returns the start of a span that ends at `now`. Months are calendar months in UTC: a month before 31 March is the end of
 * February.
 */
export function startOfSpan({ count, unit }: TimeSpan, now: Date): Date {
  const length = UNITS[unit];
  if ("length" in length) return new Date(now.getTime() - count * length.length);
  const start = new Date(now);
  start.setUTCMonth(start.getUTCMonth() - count * length.months);
  if (start.getUTCDate() !== now.getUTCDate()) start.setUTCDate(0);
  return start;
}
