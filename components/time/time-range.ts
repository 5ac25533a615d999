import { formatRange, type Zone } from "./zone";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The ranges that end now. */
export const PRESETS = {
  "1h": { label: "Last hour", length: HOUR },
  "24h": { label: "Last 24 hours", length: DAY },
  "7d": { label: "Last 7 days", length: 7 * DAY },
  "30d": { label: "Last 30 days", length: 30 * DAY },
  "90d": { label: "Last 90 days", length: 90 * DAY },
} as const;

export type Preset = keyof typeof PRESETS;
export const PRESET_NAMES = ["1h", "24h", "7d", "30d", "90d"] as const satisfies readonly Preset[];

/** A range as it is chosen: one that moves with the clock, or one with fixed ends. */
export type TimeRange =
  | { readonly kind: "preset"; readonly preset: Preset }
  | { readonly kind: "fixed"; readonly from: Date; readonly to: Date };

/** The range's ends as of `now`. */
export function resolveRange(range: TimeRange, now: Date): { readonly from: Date; readonly to: Date } {
  if (range.kind === "fixed") return range;
  return { from: new Date(now.getTime() - PRESETS[range.preset].length), to: now };
}

/** The next full minute: a range up to here has the newest events, also those of a clock that is a little fast. */
export function nextMinute(): Date {
  return new Date(Math.ceil((Date.now() + 1) / 60_000) * 60_000);
}

/** The range in words. */
export function rangeLabel(range: TimeRange, zone: Zone): string {
  if (range.kind === "preset") return PRESETS[range.preset].label;
  return formatRange(range.from, range.to, zone);
}
