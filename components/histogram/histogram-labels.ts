import { countLabel } from "@/components/events/count-label";
import { formatClock, formatDate, formatOffset, formatRange, formatTime, type Zone } from "@/components/time/zone";
import type { Bucket } from "./selection";

const SECOND = 1000;
const DAY = 86_400_000;

const UNITS = [
  ["year", 360 * DAY],
  ["month", 30 * DAY],
  ["week", 7 * DAY],
  ["day", DAY],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** Returns the width of a bar: “1 day”, “12 hours”. Months and years are recognized by their approximate length. */
export function stepLabel(step: number): string {
  const [unit, length] = UNITS.find(([, length]) => step >= length && (length > 7 * DAY || step % length === 0)) ?? [
    "second",
    SECOND,
  ];
  const count = Math.round(step / length);
  return `${count.toLocaleString("en-US")} ${unit}${count === 1 ? "" : "s"}`;
}

/** Returns `22 Nov 2026, 09:00 to 10:00 UTC`, or only the date for a whole day. */
export function bucketSpanLabel({ from, to }: Pick<Bucket, "from" | "to">, zone: Zone): string {
  const last = new Date(to.getTime() - 1);
  if (formatDate(from, zone) !== formatDate(last, zone) || formatOffset(from, zone) !== formatOffset(last, zone))
    return formatRange(from, to, zone);
  const day = formatDate(from, zone);
  const offset = formatOffset(from, zone);
  // If the clock changes at the end, the end is shown as on the clock before the change.
  const shift = zone === "utc" ? 0 : last.getTimezoneOffset() * 60_000;
  const [start, end] = [minute(from, zone), minute(new Date(to.getTime() - shift), "utc")];
  return start === "00:00" && end === "00:00" ? `${day}, ${offset}` : `${day}, ${start} to ${end} ${offset}`;
}

/** Returns `1,234 events`, or `at least 5,000 events, about 17,000` for a bar that was only partly counted. */
export function amountLabel({ count, atLeast, estimate }: Bucket): string {
  if (!atLeast) return countLabel({ count, capped: false });
  const events = `${count.toLocaleString("en-US")} ${count === 1 ? "event" : "events"}`;
  return `at least ${events}${estimate > count ? `, about ${rounded(estimate).toLocaleString("en-US")}` : ""}`;
}

/** Describes the time span and the events of a bar, or of several merged bars. */
export function bucketLabel(bucket: Bucket, zone: Zone): string {
  return `${bucketSpanLabel(bucket, zone)}: ${amountLabel(bucket)}`;
}

function minute(date: Date, zone: Zone): string {
  const time = formatTime(date, zone);
  return time.endsWith(":00") ? formatClock(date, zone) : time;
}

/** Rounds an estimate to two significant digits, since it is no more precise than that. */
function rounded(count: number): number {
  return Number(count.toPrecision(2));
}
