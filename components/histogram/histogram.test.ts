import { describe, expect, test } from "vitest";
import { axisTicks } from "./axis";
import { amountLabel, bucketSpanLabel, stepLabel } from "./histogram-labels";
import { isSelected, moveSelection, indexAt, selectedBucket, type Bucket } from "./selection";
import { zoomOut } from "./zoom-out";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function bucketsFrom(start: string, count: number, length: number): Bucket[] {
  const first = Date.parse(start);
  return Array.from({ length: count }, (_, n) => ({
    from: new Date(first + n * length),
    to: new Date(first + (n + 1) * length),
    count: n,
    atLeast: false,
    estimate: n,
  }));
}

const days = bucketsFrom("2026-11-01T00:00:00.000Z", 30, DAY);
const press = (key: string, shiftKey = false) => ({ key, shiftKey });

describe("selection", () => {
  test("selected bars merge into one, whichever end the selection began at", () => {
    for (const selection of [
      { anchor: 3, head: 5 },
      { anchor: 5, head: 3 },
    ]) {
      expect(selectedBucket(days, selection)).toEqual({
        from: new Date("2026-11-04T00:00:00.000Z"),
        to: new Date("2026-11-07T00:00:00.000Z"),
        count: 12,
        atLeast: false,
        estimate: 12,
      });
      expect([2, 3, 4, 5, 6].map((index) => isSelected(selection, index))).toEqual([false, true, true, true, false]);
    }
  });

  test("one partly counted bar makes the sum a lower bound", () => {
    const some = days.map((bucket, n) => (n === 4 ? { ...bucket, atLeast: true, estimate: 900 } : bucket));
    expect(selectedBucket(some, { anchor: 3, head: 5 })).toMatchObject({ count: 12, atLeast: true, estimate: 908 });
  });

  test("a selection of bars that no longer exist is null", () => {
    expect(selectedBucket(days, { anchor: 30, head: 40 })).toBeNull();
    expect(selectedBucket([], { anchor: 0, head: 0 })).toBeNull();
  });

  test("a position on the chart belongs to the bar of that time, however wide the bar is", () => {
    const [first, ...others] = days.slice(0, 3);
    if (!first) throw new Error("Expected at least one bar.");
    // Half a day, then two whole ones.
    const uneven = [{ ...first, from: new Date("2026-11-01T12:00:00.000Z") }, ...others];
    expect([-1, 0, 0.19, 0.21, 0.59, 0.61, 1, 2].map((share) => indexAt(uneven, share))).toEqual([
      0, 0, 0, 1, 1, 2, 2, 2,
    ]);
    expect(indexAt([], 0.5)).toBe(0);
  });

  test("arrow keys start at the newest bar, stop at both ends and keep the anchor with Shift", () => {
    expect(moveSelection(null, press("ArrowLeft"), 30)).toEqual({ anchor: 29, head: 29 });
    expect(moveSelection(null, press("ArrowRight"), 30)).toEqual({ anchor: 29, head: 29 });
    const one = { anchor: 10, head: 10 };
    expect(moveSelection(one, press("ArrowLeft"), 30)).toEqual({ anchor: 9, head: 9 });
    expect(moveSelection(one, press("ArrowRight", true), 30)).toEqual({ anchor: 10, head: 11 });
    expect(moveSelection({ anchor: 10, head: 11 }, press("End", true), 30)).toEqual({ anchor: 10, head: 29 });
    expect(moveSelection(one, press("Home"), 30)).toEqual({ anchor: 0, head: 0 });
    expect(moveSelection({ anchor: 0, head: 0 }, press("ArrowLeft"), 30)).toEqual({ anchor: 0, head: 0 });
    expect(moveSelection(one, press("x"), 30)).toBeNull();
    expect(moveSelection(null, press("ArrowLeft"), 0)).toBeNull();
  });
});

describe("zoom out", () => {
  const now = new Date("2026-11-25T12:00:00.000Z");
  const fixed = (from: string, to: string) => ({ kind: "fixed", from: new Date(from), to: new Date(to) }) as const;

  test("widens around the middle but not into the future", () => {
    expect(zoomOut(fixed("2026-11-10T00:00:00.000Z", "2026-11-11T00:00:00.000Z"), now)).toEqual(
      fixed("2026-11-09T00:00:00.000Z", "2026-11-12T00:00:00.000Z"),
    );
    expect(zoomOut(fixed("2026-11-25T00:00:00.000Z", "2026-11-25T12:00:00.000Z"), now)).toEqual(
      fixed("2026-11-24T00:00:00.000Z", "2026-11-25T12:00:00.000Z"),
    );
  });

  test("widens a range of length 0 and stays within the years that an event can have", () => {
    const single = zoomOut(fixed("2026-11-10T00:00:00.000Z", "2026-11-10T00:00:00.000Z"), now);
    expect(single).toEqual(fixed("2026-11-09T23:59:58.500Z", "2026-11-10T00:00:01.500Z"));
    const longest = zoomOut(fixed("0001-01-01T00:00:00.000Z", "2026-11-10T00:00:00.000Z"), now);
    expect(longest).toEqual(fixed("0001-01-01T00:00:00.000Z", "2026-11-25T12:00:00.000Z"));
  });
});

describe("labels", () => {
  test("name the width of a bar", () => {
    const steps = [1000, 30_000, 60_000, 300_000, HOUR, 6 * HOUR, DAY, 2 * DAY, 7 * DAY, 30 * DAY, 90 * DAY, 360 * DAY];
    expect([...steps, 1800 * DAY, 360_000 * DAY].map(stepLabel)).toEqual([
      "1 second",
      "30 seconds",
      "1 minute",
      "5 minutes",
      "1 hour",
      "6 hours",
      "1 day",
      "2 days",
      "1 week",
      "1 month",
      "3 months",
      "1 year",
      "5 years",
      "1,000 years",
    ]);
  });

  test("name the time span of a bar", () => {
    const span = (from: string, to: string) => bucketSpanLabel({ from: new Date(from), to: new Date(to) }, "utc");
    expect(span("2026-11-22T00:00:00.000Z", "2026-11-23T00:00:00.000Z")).toBe("22 Nov 2026, UTC");
    expect(span("2026-11-22T09:00:00.000Z", "2026-11-22T10:00:00.000Z")).toBe("22 Nov 2026, 09:00 to 10:00 UTC");
    expect(span("2026-11-22T23:00:00.000Z", "2026-11-23T00:00:00.000Z")).toBe("22 Nov 2026, 23:00 to 00:00 UTC");
    expect(span("2026-11-22T09:00:05.000Z", "2026-11-22T09:00:10.000Z")).toBe("22 Nov 2026, 09:00:05 to 09:00:10 UTC");
    expect(span("2026-11-16T00:00:00.000Z", "2026-11-23T00:00:00.000Z")).toBe(
      "16 Nov 2026, 00:00 to 23 Nov 2026, 00:00 UTC",
    );
  });

  test("name the number of events and whether it is a lower bound", () => {
    const amount = (count: number, atLeast: boolean, estimate: number) =>
      amountLabel({ from: new Date(0), to: new Date(1), count, atLeast, estimate });
    expect(amount(0, false, 0)).toBe("No events");
    expect(amount(1234, false, 1234)).toBe("1,234 events");
    expect(amount(5000, true, 17_345)).toBe("at least 5,000 events, about 17,000");
    expect(amount(5000, true, 5000)).toBe("at least 5,000 events");
    expect(amount(0, true, 0)).toBe("at least 0 events");
  });
});

describe("axis", () => {
  const labels = (start: string, count: number, length: number) =>
    axisTicks(bucketsFrom(start, count, length), "utc").map(({ label }) => label);

  test("has a few labels at round times, whatever the range", () => {
    expect(labels("2026-11-25T11:34:00.000Z", 60, 60_000)).toEqual(["11:45", "12:00", "12:15", "12:30"]);
    expect(labels("2026-11-24T12:00:00.000Z", 48, HOUR / 2)).toEqual(["12:00", "18:00", "25 Nov", "06:00"]);
    expect(labels("2026-10-26T00:00:00.000Z", 30, DAY)).toEqual(["26 Oct", "2 Nov", "9 Nov", "16 Nov", "23 Nov"]);
    expect(labels("2025-11-24T00:00:00.000Z", 53, 7 * DAY)).toEqual(["Jan 2026", "Apr 2026", "Jul 2026", "Oct 2026"]);
    expect(axisTicks([], "utc")).toEqual([]);
  });

  test("never has more than seven labels", () => {
    for (let length = 1000; length < 4000 * DAY; length *= 1.31) {
      const ticks = axisTicks(bucketsFrom("2026-02-03T04:05:06.000Z", 60, length), "utc");
      expect(ticks.length, String(length)).toBeLessThanOrEqual(7);
      expect(ticks.length, String(length)).toBeGreaterThan(0);
      expect(ticks.every(({ at }) => at >= 0 && at < 1)).toBe(true);
    }
  });
});
