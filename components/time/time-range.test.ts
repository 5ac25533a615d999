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

test("a range is typed as one says it, or in short", () => {
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

test("what is no range is none", () => {
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

test("a month is the calendar's, and ends where the calendar's does", () => {
  expect(startOf("last month")).toBe("2026-02-28T10:00:00.000Z");
  expect(startOf("last 2 months")).toBe("2026-01-31T10:00:00.000Z");
  expect(startOf("last 9999 years")).toBe("0001-01-01T00:00:00.000Z");
});

test("every preset, and whatever is typed, stands in the address and is read back from there and from its words", () => {
  const typed = ["last 36 hours", "past year", "1 minute"].flatMap((text) => parseRelativeRange(text) ?? []);
  for (const range of [...PRESETS, ...typed]) {
    expect(parseRelativeRange(relativeRangeText(range))).toEqual(range);
    expect(parseRelativeRange(rangeLabel(range, "utc"))).toEqual(range);
    expect(isSameRange(range, range)).toBe(true);
  }
});

test("only ranges that begin earlier are offered, so that choosing one changes something", () => {
  const offered = (range: Parameters<typeof widerRanges>[0]) =>
    widerRanges(range, now).map((each) => rangeLabel(each, "utc"));
  expect(offered({ kind: "last", span: { count: 90, unit: "d" } })).toEqual(["Last 12 months", "All time"]);
  expect(offered({ kind: "last", span: { count: 2, unit: "y" } })).toEqual(["All time"]);
  expect(offered({ kind: "fixed", from: new Date("2026-03-30T00:00:00.000Z"), to: now })).toContain("Last 7 days");
  expect(offered({ kind: "all" })).toEqual([]);
});

test("all time is called that, not spelt as years", () => {
  expect(rangePhrase(resolveRange({ kind: "all" }, now), "utc")).toBe("from all time");
  const day = { from: new Date("2026-03-30T00:00:00.000Z"), to: new Date("2026-03-31T00:00:00.000Z") };
  expect(rangePhrase(day, "utc")).toBe("from 30 Mar 2026, 00:00 to 31 Mar 2026, 00:00 UTC");
});
