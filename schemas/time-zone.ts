import { z } from "zod";

/** A time zone by its IANA name, such as `Europe/Berlin`. */
export const timeZone = z.string().max(100).refine(isTimeZone, "must be the name of a time zone");

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
