import type { Zone } from "./zone";

const SHAPE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[T ]|, ?)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?( ?(?:Z|[+-]\d{2}:?\d{2}))?$/i;

/**
 * The moment that somebody typed: `2026-11-22`, `2026-11-22 09:14`, with seconds, or a pasted ISO timestamp, whose own
 * zone then counts instead of `zone`. Null when it is none, or a day that does not exist.
 */
export function parseTypedMoment(text: string, zone: Zone): Date | null {
  const match = SHAPE.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", offset] = match;
  const fields = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)] as const;
  const asUtc = new Date(Date.UTC(...fields));
  const exists =
    asUtc.getUTCMonth() === fields[1] && asUtc.getUTCHours() === fields[3] && asUtc.getUTCMinutes() === fields[4];
  if (!exists || fields[0] < 1000) return null;
  if (offset !== undefined) return new Date(asUtc.getTime() - offsetMinutes(offset.trim()) * 60_000);
  return zone === "utc" ? asUtc : new Date(...fields);
}

function offsetMinutes(offset: string): number {
  if (offset.toUpperCase() === "Z") return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith("-") ? -minutes : minutes;
}

/** The moment as one would type it, so that it can be edited. */
export function toTypedMoment(moment: Date, zone: Zone): string {
  const shifted = new Date(moment.getTime() - (zone === "utc" ? 0 : moment.getTimezoneOffset() * 60_000));
  const text = shifted.toISOString().slice(0, 19).replace("T", " ");
  return text.endsWith(":00") ? text.slice(0, -3) : text;
}
