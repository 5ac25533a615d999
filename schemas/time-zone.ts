import { z } from "zod";

/** The IANA name of a time zone, such as `Europe/Berlin`. */
export const timeZone = z.string().max(100).refine(isTimeZone, "must be an IANA time zone");

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
