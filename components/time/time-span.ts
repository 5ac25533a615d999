const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The units in which people say how far back they look: a fixed length, or months, which have none. */
const UNITS = {
  min: { noun: "minute", length: MINUTE },
  h: { noun: "hour", length: HOUR },
  d: { noun: "day", length: DAY },
  w: { noun: "week", length: 7 * DAY },
  mo: { noun: "month", months: 1 },
  y: { noun: "year", months: 12 },
} as const;

type Unit = keyof typeof UNITS;

/** How each unit may be typed, beside its noun in singular and plural. */
const SPELLINGS: Readonly<Record<Unit, readonly string[]>> = {
  min: ["m", "min", "mins"],
  h: ["h", "hr", "hrs"],
  d: ["d"],
  w: ["w", "wk", "wks"],
  mo: ["mo", "mos"],
  y: ["y", "yr", "yrs"],
};

/** A length of time that ends now. */
export interface TimeSpan {
  readonly count: number;
  readonly unit: Unit;
}

const SHAPE = /^(?:the +)?(?:(?:last|past|previous) *)?(\d{1,4})? *([a-z]+)$/i;

/** The span that somebody typed or an address holds: `last 3 days`, `past 2 weeks`, `last hour`, `36h`. Null when it is none. */
export function parseTimeSpan(text: string): TimeSpan | null {
  const [, digits = "1", word = ""] = SHAPE.exec(text.trim()) ?? [];
  const unit = unitOf(word.toLowerCase());
  const count = Number(digits);
  return unit && count > 0 ? { count, unit } : null;
}

function unitOf(word: string): Unit | undefined {
  const units = Object.keys(UNITS) as Unit[]; // The keys of a constant are what they are.
  return units.find((unit) => [...SPELLINGS[unit], UNITS[unit].noun, `${UNITS[unit].noun}s`].includes(word));
}

/** `36h`, which `parseTimeSpan` reads. */
export function spanText({ count, unit }: TimeSpan): string {
  return `${count}${unit}`;
}

/** `Last 36 hours`, `Last hour` */
export function spanLabel({ count, unit }: TimeSpan): string {
  const { noun } = UNITS[unit];
  return count === 1 ? `Last ${noun}` : `Last ${count} ${noun}s`;
}

/** When a span begins that ends at `now`. Months are the calendar's, by UTC: from 31 March a month back is the end of February. */
export function startOfSpan({ count, unit }: TimeSpan, now: Date): Date {
  const length = UNITS[unit];
  if ("length" in length) return new Date(now.getTime() - count * length.length);
  const start = new Date(now);
  start.setUTCMonth(start.getUTCMonth() - count * length.months);
  if (start.getUTCDate() !== now.getUTCDate()) start.setUTCDate(0);
  return start;
}
