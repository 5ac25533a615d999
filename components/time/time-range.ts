import { ALL_TIME } from "@/schemas/limits";
import { parseTimeSpan, spanLabel, spanText, startOfSpan, type TimeSpan } from "./time-span";
import { formatRange, type Zone } from "./zone";

/** A range that is chosen by what it means rather than by its ends. */
export type RelativeRange = { readonly kind: "last"; readonly span: TimeSpan } | { readonly kind: "all" };

/** A range as it is chosen: one that moves with the clock, one without bounds, or one with fixed ends. */
export type TimeRange = RelativeRange | { readonly kind: "fixed"; readonly from: Date; readonly to: Date };

const last = (count: number, unit: TimeSpan["unit"]): RelativeRange => ({ kind: "last", span: { count, unit } });

export const DEFAULT_RANGE = last(30, "d");

/** The ranges that take one click, from short to long. */
export const PRESETS: readonly RelativeRange[] = [
  last(1, "h"),
  last(24, "h"),
  last(7, "d"),
  DEFAULT_RANGE,
  last(90, "d"),
  last(12, "mo"),
  { kind: "all" },
];

/** The range that somebody typed, or that an address holds: what `parseTimeSpan` reads, or `all time`. Null when it is none. */
export function parseRelativeRange(text: string): RelativeRange | null {
  if (/^all(?: +time)?$/i.test(text.trim())) return { kind: "all" };
  const span = parseTimeSpan(text);
  return span && { kind: "last", span };
}

/** `36h`, `all`; which `parseRelativeRange` reads. */
export function relativeRangeText(range: RelativeRange): string {
  return range.kind === "all" ? "all" : spanText(range.span);
}

/** Whether both were chosen alike; ranges with fixed ends never are. */
export function isSameRange(range: TimeRange, other: RelativeRange): boolean {
  return range.kind !== "fixed" && relativeRangeText(range) === relativeRangeText(other);
}

/** The range's ends as of `now`. */
export function resolveRange(range: TimeRange, now: Date): { readonly from: Date; readonly to: Date } {
  if (range.kind === "fixed") return range;
  if (range.kind === "all") return ALL_TIME;
  return { from: new Date(Math.max(startOfSpan(range.span, now).getTime(), ALL_TIME.from.getTime())), to: now };
}

/** The next full minute: a range up to here has the newest events, also those of a clock that is a little fast. */
export function nextMinute(): Date {
  return new Date(Math.ceil((Date.now() + 1) / 60_000) * 60_000);
}

/** The range in words. */
export function rangeLabel(range: TimeRange, zone: Zone): string {
  if (range.kind === "all") return "All time";
  return range.kind === "last" ? spanLabel(range.span) : formatRange(range.from, range.to, zone);
}

/** The ends of a range as part of a sentence: “from … to …”. */
export function rangePhrase({ from, to }: { readonly from: Date; readonly to: Date }, zone: Zone): string {
  const isAll = from.getTime() === ALL_TIME.from.getTime() && to.getTime() === ALL_TIME.to.getTime();
  return isAll ? "from all time" : `from ${formatRange(from, to, zone)}`;
}

/** The usual ranges that begin earlier than this one, from short to long. */
export function widerRanges(range: TimeRange, now: Date): readonly RelativeRange[] {
  const { from } = resolveRange(range, now);
  return PRESETS.filter((preset) => resolveRange(preset, now).from < from);
}
