import { ALL_TIME } from "@/schemas/limits";
import type { Zone } from "./zone";

const SHAPE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[T ]|, ?)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?( ?(?:Z|[+-]\d{2}:?\d{2}))?$/i;

/**
 * The moment that somebody typed as an end of a range: `2026-11-22`, `2026-11-22 09:14`, with seconds, or a pasted ISO
 * timestamp, whose own zone then counts instead of `zone`. A range from one day to another has all of both, so that a day
 * alone is its first moment as `from` and the first one after it as `to`. Null when it is none, or a day that does not
 * exist.
 */
export function parseTypedTime(text: string, zone: Zone, end: "from" | "to"): Date | null {
  const match = SHAPE.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour, minute = "0", second = "0", fraction = "", offset] = match;
  const date = [Number(year), Number(month) - 1, Number(day)] as const;
  const thousandths = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const time = [Number(hour ?? "0"), Number(minute), Number(second), thousandths] as const;
  const typed = new Date(Date.UTC(...date, ...time));
  const exists =
    typed.getUTCMonth() === date[1] && typed.getUTCHours() === time[0] && typed.getUTCMinutes() === time[1];
  if (!exists || date[0] < 1000) return null;
  // By the calendar and not by hours: where clocks are changed a day has more or fewer than 24.
  const moment = [date[0], date[1], date[2] + (hour === undefined && end === "to" ? 1 : 0), ...time] as const;
  const milliseconds =
    offset === undefined && zone === "local"
      ? new Date(...moment).getTime()
      : Date.UTC(...moment) - (offset === undefined ? 0 : offsetMinutes(offset.trim()) * 60_000);
  return new Date(Math.min(milliseconds, ALL_TIME.to.getTime()));
}

function offsetMinutes(offset: string): number {
  if (offset.toUpperCase() === "Z") return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith("-") ? -minutes : minutes;
}

/** The moment as one would type it, so that it can be edited. */
export function toTypedTime(moment: Date, zone: Zone): string {
  const shifted = new Date(moment.getTime() - (zone === "utc" ? 0 : moment.getTimezoneOffset() * 60_000));
  // Of seconds and their fractions what is not nought.
  return shifted
    .toISOString()
    .slice(0, -1)
    .replace("T", " ")
    .replace(/(?::00)?\.000$/, "");
}
