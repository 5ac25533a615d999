/** In whose time moments are shown and typed. */
export const ZONES = ["local", "utc"] as const;
export type Zone = (typeof ZONES)[number];

/** The zone's name for a choice of zones, as in “Europe/Berlin”. */
export function zoneName(zone: Zone): string {
  return zone === "utc" ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Making a formatter is slow and a table needs the same few for every row. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(moment: Date, zone: Zone, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([zone, options]);
  const known = formatters.get(key);
  const formatter =
    known ?? new Intl.DateTimeFormat("en-GB", { ...options, ...(zone === "utc" && { timeZone: "UTC" }) });
  if (!known) formatters.set(key, formatter);
  return formatter.format(moment);
}

/** `22 Nov 2026` */
export function formatDate(moment: Date, zone: Zone): string {
  return format(moment, zone, { day: "numeric", month: "short", year: "numeric" });
}

/** `09:14:05` */
export function formatTime(moment: Date, zone: Zone): string {
  return format(moment, zone, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
}

/** `09:14` */
export function formatClock(moment: Date, zone: Zone): string {
  return format(moment, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** `22 Nov` */
export function formatDay(moment: Date, zone: Zone): string {
  return format(moment, zone, { day: "numeric", month: "short" });
}

/** `Nov 2026` */
export function formatMonth(moment: Date, zone: Zone): string {
  return format(moment, zone, { month: "short", year: "numeric" });
}

/** `2026` */
export function formatYear(moment: Date, zone: Zone): string {
  return format(moment, zone, { year: "numeric" });
}

/** `22 Nov 2026, 09:14`: to the minute, for ranges; with seconds where there are any. */
function formatMinute(moment: Date, zone: Zone): string {
  const time = formatTime(moment, zone);
  return `${formatDate(moment, zone)}, ${time.endsWith(":00") ? time.slice(0, -3) : time}`;
}

/** `23 Oct 2026, 09:14 to 22 Nov 2026, 09:14 UTC+1`; the offset twice where clocks were changed in between. */
export function formatRange(from: Date, to: Date, zone: Zone): string {
  const offset = formatOffset(to, zone);
  const before = formatOffset(from, zone);
  return `${formatMinute(from, zone)}${before === offset ? "" : ` ${before}`} to ${formatMinute(to, zone)} ${offset}`;
}

/** The zone's offset at that moment: `UTC`, `UTC+1`, `UTC-3:30`. */
export function formatOffset(moment: Date, zone: Zone): string {
  if (zone === "utc") return "UTC";
  const minutes = -moment.getTimezoneOffset();
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? "" : `:${String(size % 60).padStart(2, "0")}`;
  return `UTC${minutes < 0 ? "-" : "+"}${Math.floor(size / 60)}${rest}`;
}
