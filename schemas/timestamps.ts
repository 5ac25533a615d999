import { z } from "zod";
import { ALL_TIME, isWithinAllTime } from "./limits";

const SHAPE =
  /^([+-]?\d{4,6})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * Parses any form of ISO 8601 that the official SDKs send: 0 to 9 fraction digits (truncated to milliseconds), with `Z`,
 * an offset, or neither (UTC). A date without a time is its midnight.
 * @returns null for other text, for a time outside of `ALL_TIME`, and for a day that does not exist (`Date` would silently
 * turn 31 June into 1 July)
 */
export function parseTimestamp(text: string): Date | null {
  const match = SHAPE.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = match;
  const fields = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)] as const;
  const date = new Date(0);
  date.setUTCFullYear(fields[0], fields[1], fields[2]);
  date.setUTCHours(fields[3], fields[4], fields[5], Number(fraction.padEnd(3, "0").slice(0, 3)));
  const rolledOver =
    date.getUTCMonth() !== fields[1] ||
    date.getUTCDate() !== fields[2] ||
    date.getUTCHours() !== fields[3] ||
    date.getUTCMinutes() !== fields[4] ||
    date.getUTCSeconds() !== fields[5];
  const offset = offsetMinutes(zone);
  if (rolledOver || offset === null) return null;
  const time = date.getTime() - offset * 60_000;
  return isWithinAllTime(time) ? new Date(time) : null;
}

function offsetMinutes(zone: string): number | null {
  if (zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", "") || "0");
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

/** A point in time within `ALL_TIME`. */
export const timestamp = z.date().min(ALL_TIME.from).max(ALL_TIME.to);

/** Text that `parseTimestamp` accepts, converted to a `Date`. */
export const timestampText = z.string().transform((text, context) => {
  const parsed = parseTimestamp(text);
  if (parsed) return parsed;
  context.addIssue({
    code: "custom",
    message: "must be an ISO 8601 date and time that exists, such as 2026-09-01T12:00:00.000Z",
  });
  return z.NEVER;
});
