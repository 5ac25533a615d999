import { expect, test } from "vitest";
import {
  rangePhrase,
  isSameRange,
  relativeRangeText,
  parseRelativeRange,
  PRESETS,
  rangeLabel,
  resolveRange,
  widerRanges,
} from "./time-range";

const now = new Date("2026-03-31T10:00:00.000Z");
const startOf = (typed: string) => {
  const range = parseRelativeRange(typed);
  return range && resolveRange(range, now).from.toISOString();
};

test("relative ranges can be typed as a phrase or in short form", () => {
  const spellings: Record<string, string> = {
    "last 3 days": "2026-03-28T10:00:00.000Z",
    "Last 36 hours": "2026-03-29T22:00:00.000Z",
    "past 2 weeks": "2026-03-17T10:00:00.000Z",
    " the previous  10 minutes ": "2026-03-31T09:50:00.000Z",
    "last hour": "2026-03-31T09:00:00.000Z",
    "3d": "2026-03-28T10:00:00.000Z",
    "90 mins": "2026-03-31T08:30:00.000Z",
    "1 yr": "2025-03-31T10:00:00.000Z",
    "12mo": "2025-03-31T10:00:00.000Z",
    "All time": "0001-01-01T00:00:00.000Z",
  };
  expect(Object.fromEntries(Object.keys(spellings).map((typed) => [typed, startOf(typed)]))).toEqual(spellings);
});

test("other text is not a range", () => {
  for (const typed of [
    "",
    "0 days",
    "-3 days",
    "last 1.5 days",
    "last 12345 days",
    "3 fortnights",
    "yesterday",
    "last",
  ])
    expect(startOf(typed), typed).toBeNull();
});

test("months are calendar months and end on their last day", () => {
  expect(startOf("last month")).toBe("2026-02-28T10:00:00.000Z");
  expect(startOf("last 2 months")).toBe("2026-01-31T10:00:00.000Z");
  expect(startOf("last 9999 years")).toBe("0001-01-01T00:00:00.000Z");
});

test("a relative range survives a round trip through the URL and through its label", () => {
  const typed = ["last 36 hours", "past year", "1 minute"].flatMap((text) => parseRelativeRange(text) ?? []);
  for (const range of [...PRESETS, ...typed]) {
    expect(parseRelativeRange(relativeRangeText(range))).toEqual(range);
    expect(parseRelativeRange(rangeLabel(range, "utc"))).toEqual(range);
    expect(isSameRange(range, range)).toBe(true);
  }
});

test("only presets that start earlier count as wider", () => {
  const offered = (range: Parameters<typeof widerRanges>[0]) =>
    widerRanges(range, now).map((each) => rangeLabel(each, "utc"));
  expect(offered({ kind: "last", span: { count: 90, unit: "d" } })).toEqual(["Last 12 months", "All time"]);
  expect(offered({ kind: "last", span: { count: 2, unit: "y" } })).toEqual(["All time"]);
  expect(offered({ kind: "fixed", from: new Date("2026-03-30T00:00:00.000Z"), to: now })).toContain("Last 7 days");
  expect(offered({ kind: "all" })).toEqual([]);
});

test("all time is named as such instead of by its years", () => {
  expect(rangePhrase(resolveRange({ kind: "all" }, now), "utc")).toBe("all time");
  const day = { from: new Date("2026-03-30T00:00:00.000Z"), to: new Date("2026-03-31T00:00:00.000Z") };
  expect(rangePhrase(day, "utc")).toBe("from 30 Mar 2026, 00:00 to 31 Mar 2026, 00:00 UTC");
});
