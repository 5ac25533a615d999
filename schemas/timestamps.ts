import { z } from "zod";
import { ALL_TIME, isWithinAllTime } from "./limits";

const DATE = String.raw`([+-]?\d{4,6})-(\d{2})-(\d{2})|(\d{4})(\d{2})(\d{2})`;
const TIME = String.raw`(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?`;
const ZONE = String.raw`([Zz]|[+-]\d{2}(?::?\d{2})?)`;
/** The name of a zone, and other suffixes of RFC 9557. They follow an offset, which counts. */
const SUFFIXES = String.raw`(?:\[[\w!+\-./=:~]{1,100}\]){0,5}`;
const SHAPE = new RegExp(`^(?:${DATE})(?:[Tt ]${TIME}\\s*(?:${ZONE}${SUFFIXES})?)?$`);

/** The length of what `Date.toISOString` writes, which is what nearly all senders send. */
const ISO_LENGTH = 24;

/** A day after the end of its month: `reject` it, or let it `roll over` into the next month as JavaScript, PHP and Ruby do. */
type ImpossibleDays = "reject" | "roll over";

/**
 * Parses any form of ISO 8601 that the official SDKs send: 0 to 9 fraction digits (truncated to milliseconds), with `Z`,
 * an offset, or neither (UTC). Also parses the basic format (`20260901T120000Z`) and, after an offset, a zone in brackets
 * (`+02:00[Europe/Berlin]`), as Java writes it. A date without a time is its midnight.
 * @returns null for other text, for a time outside of `ALL_TIME`, and for a day or time that does not exist (`Date` would
 * silently turn 31 June into 1 July)
 */
export function parseTimestamp(text: string, impossibleDays: ImpossibleDays = "reject"): Date | null {
  if (text.length === ISO_LENGTH) {
    const date = new Date(text);
    // A text that `Date` writes again is in this form, and its day and time exist.
    if (isWithinAllTime(date.getTime()) && date.toISOString() === text) return date;
  }
  const match = SHAPE.exec(text.trim());
  if (!match) return null;
  const [, extendedYear, extendedMonth, extendedDay, basicYear, basicMonth, basicDay] = match;
  const [, , , , , , , hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = match;
  const month = Number(extendedMonth ?? basicMonth);
  const day = Number(extendedDay ?? basicDay);
  const time = { hour: Number(hour), minute: Number(minute), second: Number(second) };
  const date = new Date(0);
  date.setUTCFullYear(Number(extendedYear ?? basicYear), month - 1, day);
  date.setUTCHours(time.hour, time.minute, time.second, Number(fraction.padEnd(3, "0").slice(0, 3)));
  const mayRollOver = impossibleDays === "roll over" && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  const offset = offsetMinutes(zone);
  if (time.hour > 23 || time.minute > 59 || time.second > 59 || offset === null) return null;
  if (!mayRollOver && (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)) return null;
  const milliseconds = date.getTime() - offset * 60_000;
  return isWithinAllTime(milliseconds) ? new Date(milliseconds) : null;
}

/** Whether the text of a timestamp is a date without a time. */
export function isDateOnly(text: string): boolean {
  return !/[Tt ]/.test(text.trim());
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
