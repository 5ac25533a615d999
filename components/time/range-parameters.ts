"use client";

import { single, timeParameter } from "@/components/url-state/parameters";
import {
  DEFAULT_RANGE,
  isSameRange,
  parseRelativeRange,
  relativeRangeText,
  type RelativeRange,
  type TimeRange,
} from "./time-range";

/** URL parameters of a range: `range=36h`, or `from` and `to`. */
export const rangeParameters = {
  range: single<RelativeRange>(
    parseRelativeRange,
    (range) => (isSameRange(range, DEFAULT_RANGE) ? null : relativeRangeText(range)),
    DEFAULT_RANGE,
  ),
  from: timeParameter,
  to: timeParameter,
};

interface RangeState {
  /** Means nothing if `from` and `to` exist. */
  readonly range: RelativeRange;
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Returns the range in the parameters. `from` and `to` win if both exist and are in order. */
export function rangeOf({ range, from, to }: RangeState): TimeRange {
  return from && to && from <= to ? { kind: "fixed", from, to } : range;
}

/** Returns the parameters to set for a range, or undefined if there is no range. */
export function rangeChange(range: TimeRange | undefined): RangeState | undefined {
  if (!range) return undefined;
  return range.kind === "fixed"
    ? { range: DEFAULT_RANGE, from: range.from, to: range.to }
    : { range, from: null, to: null };
}
