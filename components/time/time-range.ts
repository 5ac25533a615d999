import { ALL_TIME } from "@/schemas/limits";
import { serverNow } from "./server-clock";
import { parseTimeSpan, spanLabel, spanText, startOfSpan, type TimeSpan } from "./time-span";
import { formatRange, type Zone } from "./zone";

/** A range relative to now, or all time. */
export type RelativeRange = { readonly kind: "last"; readonly span: TimeSpan } | { readonly kind: "all" };

/** A range as the user chose it. */
export type TimeRange = RelativeRange | { readonly kind: "fixed"; readonly from: Date; readonly to: Date };

const last = (count: number, unit: TimeSpan["unit"]): RelativeRange => ({ kind: "last", span: { count, unit } });

export const DEFAULT_RANGE = last(30, "d");

/** Ranges that can be chosen with one click, shortest first. */
export const PRESETS: readonly RelativeRange[] = [
  last(1, "h"),
  last(24, "h"),
  last(7, "d"),
  DEFAULT_RANGE,
  last(90, "d"),
  last(12, "mo"),
  { kind: "all" },
];

/** Parses a typed range or one from a URL: `all time` or what `parseTimeSpan` accepts. Returns null for anything else. */
export function parseRelativeRange(text: string): RelativeRange | null {
  if (/^all(?: +time)?$/i.test(text.trim())) return { kind: "all" };
  const span = parseTimeSpan(text);
  return span && { kind: "last", span };
}

/** Returns the short form, `36h` or `all`. `parseRelativeRange` reads it. */
export function relativeRangeText(range: RelativeRange): string {
  return range.kind === "all" ? "all" : spanText(range.span);
}

/** Returns whether both are the same relative range. Fixed ranges never are. */
export function isSameRange(range: TimeRange, other: RelativeRange): boolean {
  return range.kind !== "fixed" && relativeRangeText(range) === relativeRangeText(other);
}

/** Returns the start and end of a range as of `now`. */
export function resolveRange(range: TimeRange, now: Date): { readonly from: Date; readonly to: Date } {
  // Without `kind`: the result becomes the input of procedures, which reject fields that they don't have.
  if (range.kind === "fixed") return { from: range.from, to: range.to };
  if (range.kind === "all") return ALL_TIME;
  return { from: new Date(Math.max(startOfSpan(range.span, now).getTime(), ALL_TIME.from.getTime())), to: now };
}

/** Returns the next full minute on the server's clock. Ranges that end now end there. */
export function nextMinute(): Date {
  return new Date(Math.ceil((serverNow() + 1) / 60_000) * 60_000);
}

/** Returns the range as a label: `Last 3 days`, `All time` or both ends. */
export function rangeLabel(range: TimeRange, zone: Zone): string {
  if (range.kind === "all") return "All time";
  return range.kind === "last" ? spanLabel(range.span) : formatRange(range.from, range.to, zone);
}

/** Returns a resolved range as part of a sentence: “from … to …” or “all time”. */
export function rangePhrase({ from, to }: { readonly from: Date; readonly to: Date }, zone: Zone): string {
  const isAll = from.getTime() === ALL_TIME.from.getTime() && to.getTime() === ALL_TIME.to.getTime();
  return isAll ? "all time" : `from ${formatRange(from, to, zone)}`;
}

/** Returns the presets that start earlier than this range, shortest first. */
export function widerRanges(range: TimeRange, now: Date): readonly RelativeRange[] {
  const { from } = resolveRange(range, now);
  return PRESETS.filter((preset) => resolveRange(preset, now).from < from);
}
