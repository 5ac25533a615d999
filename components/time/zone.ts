/** The time zones in which times are shown and typed. */
export const ZONES = ["local", "utc"] as const;
export type Zone = (typeof ZONES)[number];

/** Returns the zone's IANA name, as in “Europe/Berlin”. */
export function zoneName(zone: Zone): string {
  return zone === "utc" ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Creating a formatter is slow, and every row of a table needs the same few. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(date: Date, zone: Zone, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([zone, options]);
  const known = formatters.get(key);
  const formatter =
    known ?? new Intl.DateTimeFormat("en-GB", { ...options, ...(zone === "utc" && { timeZone: "UTC" }) });
  if (!known) formatters.set(key, formatter);
  // en-GB puts the day before the month, but abbreviates September as “Sept”.
  return formatter.format(date).replace("Sept", "Sep");
}

/** `22 Nov 2026` */
export function formatDate(date: Date, zone: Zone): string {
  return format(date, zone, { day: "numeric", month: "short", year: "numeric" });
}

/** `09:14:05` */
export function formatTime(date: Date, zone: Zone): string {
  return format(date, zone, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
}

/** `09:14` */
export function formatClock(date: Date, zone: Zone): string {
  return format(date, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** `22 Nov` */
export function formatDay(date: Date, zone: Zone): string {
  return format(date, zone, { day: "numeric", month: "short" });
}

/** `Nov 2026` */
export function formatMonth(date: Date, zone: Zone): string {
  return format(date, zone, { month: "short", year: "numeric" });
}

/** `2026` */
export function formatYear(date: Date, zone: Zone): string {
  return format(date, zone, { year: "numeric" });
}

/** `22 Nov 2026, 09:14`, with seconds unless they are 0. */
function formatMinute(date: Date, zone: Zone): string {
  const time = formatTime(date, zone);
  return `${formatDate(date, zone)}, ${time.endsWith(":00") ? time.slice(0, -3) : time}`;
}

/** `23 Oct 2026, 09:14 to 22 Nov 2026, 09:14 UTC+1`, with both offsets if the clocks changed in between. */
export function formatRange(from: Date, to: Date, zone: Zone): string {
  const offset = formatOffset(to, zone);
  const before = formatOffset(from, zone);
  return `${formatMinute(from, zone)}${before === offset ? "" : ` ${before}`} to ${formatMinute(to, zone)} ${offset}`;
}

/** Returns the zone's offset at that time: `UTC`, `UTC+1`, `UTC-3:30`. */
export function formatOffset(date: Date, zone: Zone): string {
  if (zone === "utc") return "UTC";
  const minutes = -date.getTimezoneOffset();
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? "" : `:${String(size % 60).padStart(2, "0")}`;
  return `UTC${minutes < 0 ? "-" : "+"}${Math.floor(size / 60)}${rest}`;
}
