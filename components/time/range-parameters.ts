"use client";

import { createParser, parseAsIsoDateTime } from "nuqs";
import { DEFAULT_RANGE, isSameRange, relativeRangeText, parseRelativeRange, type TimeRange } from "./time-range";

/** URL parameters of a range: `range=36h`, or `from` and `to`. */
export const rangeParameters = {
  range: createParser({ parse: parseRelativeRange, serialize: relativeRangeText, eq: isSameRange }).withDefault(
    DEFAULT_RANGE,
  ),
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
};

interface RangeState {
  readonly range: Exclude<TimeRange, { readonly kind: "fixed" }> | null;
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Returns the range in the parameters. `from` and `to` win if both exist and are in order. */
export function rangeOf({ range, from, to }: RangeState): TimeRange {
  return from && to && from <= to ? { kind: "fixed", from, to } : (range ?? DEFAULT_RANGE);
}

/** Returns the parameters to set for a range, or undefined if there is no range. */
export function rangeChange(range: TimeRange | undefined): RangeState | undefined {
  if (!range) return undefined;
  return range.kind === "fixed" ? { range: null, from: range.from, to: range.to } : { range, from: null, to: null };
}
