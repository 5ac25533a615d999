import { ALL_TIME } from "@/schemas/limits";
import type { Zone } from "./zone";

const SHAPE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[T ]|, ?)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?( ?(?:Z|[+-]\d{2}:?\d{2}))?$/i;

/**
 * Parses a time that a user typed as one end of a range: `2026-11-22`, `2026-11-22 09:14`, with seconds, or a pasted ISO
 * timestamp, whose own offset overrides `zone`. A range between two dates includes both days, so a date without a time is
 * the start of the day as `from` and the start of the next day as `to`. Returns null for other text and for dates that do
 * not exist.
 */
export function parseTypedTime(text: string, zone: Zone, end: "from" | "to"): Date | null {
  const match = SHAPE.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour, minute = "0", second = "0", fraction = "", offset] = match;
  const date = [Number(year), Number(month) - 1, Number(day)] as const;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const time = [Number(hour ?? "0"), Number(minute), Number(second), milliseconds] as const;
  const typed = new Date(Date.UTC(...date, ...time));
  const exists =
    typed.getUTCMonth() === date[1] && typed.getUTCHours() === time[0] && typed.getUTCMinutes() === time[1];
  if (!exists || date[0] < 1000) return null;
  // Adds a calendar day instead of 24 hours: when clocks change, a day is longer or shorter.
  const parts = [date[0], date[1], date[2] + (hour === undefined && end === "to" ? 1 : 0), ...time] as const;
  const timestamp =
    offset === undefined && zone === "local"
      ? new Date(...parts).getTime()
      : Date.UTC(...parts) - (offset === undefined ? 0 : offsetMinutes(offset.trim()) * 60_000);
  return new Date(Math.min(timestamp, ALL_TIME.to.getTime()));
}

function offsetMinutes(offset: string): number {
  if (offset.toUpperCase() === "Z") return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith("-") ? -minutes : minutes;
}

/**
 * Formats a time for an input, so that the user can edit it. When the clock is set back, it shows some times twice: the later
 * one is formatted with its offset.
 */
export function toTypedTime(time: Date, zone: Zone): string {
  const offset = zone === "utc" ? 0 : -time.getTimezoneOffset();
  const shifted = new Date(time.getTime() + offset * 60_000);
  // Leaves out seconds and milliseconds that are 0.
  const text = shifted
    .toISOString()
    .slice(0, -1)
    .replace("T", " ")
    .replace(/(?::00)?\.000$/, "");
  return parseTypedTime(text, zone, "from")?.getTime() === time.getTime() ? text : `${text}${offsetText(offset)}`;
}

/** Formats an offset in minutes: `+02:00` */
function offsetText(minutes: number): string {
  const digits = (part: number) => String(Math.floor(part)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${digits(Math.abs(minutes) / 60)}:${digits(Math.abs(minutes) % 60)}`;
}
