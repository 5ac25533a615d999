import { describe, expect } from "vitest";
import { ALL_TIME } from "@/schemas/limits";
import { eventFilters, type EventFiltersInput } from "@/schemas/events/event-filters";
import { anEvent, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { YEAR } from "@/server/testing/run-export";
import { eventHistogram } from "./histogram";
import { boundaries, stepFor } from "./histogram-steps";

const all = (filters: Partial<EventFiltersInput> = {}) => eventFilters.parse({ ...YEAR, ...filters });
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const text = (dates: readonly Date[]) => dates.map((date) => date.toISOString().replace(/:00\.000Z$/, "Z"));

describe("steps", () => {
  test("a range of a minute to ten years has 20 to 94 buckets without gaps", () => {
    const to = new Date("2026-06-17T09:41:23.456Z");
    for (let length = 60_000; length < 3650 * DAY; length *= 1.07) {
      const from = new Date(to.getTime() - length);
      const ends = boundaries(from, to, stepFor(from, to), "Europe/Berlin");
      expect([ends[0], ends.at(-1)]).toEqual([from, to]);
      expect(ends.length - 1, String(length)).toBeGreaterThanOrEqual(19);
      expect(ends.length - 1, String(length)).toBeLessThanOrEqual(94);
      expect(ends.every((end, n) => n === 0 || end > (ends[n - 1] ?? end))).toBe(true);
    }
  });

  test("buckets start on full steps of the zone's clock, also across clock changes", () => {
    const days = (zone: string, from: string, to: string) =>
      text(boundaries(new Date(from), new Date(to), { unit: "millisecond", count: DAY }, zone));
    expect(days("Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-31T00:00:00Z")).toEqual([
      "2026-03-28T12:00Z",
      "2026-03-28T23:00Z",
      "2026-03-29T22:00Z",
      "2026-03-30T22:00Z",
      "2026-03-31T00:00Z",
    ]);
    expect(days("Asia/Kolkata", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")[1]).toBe("2026-01-01T18:30Z");
    const weeks = { unit: "millisecond", count: 7 * DAY } as const;
    expect(
      text(boundaries(new Date("2026-10-20T00:00Z"), new Date("2026-11-03T00:00Z"), weeks, "America/New_York")),
    ).toEqual(["2026-10-20T00:00Z", "2026-10-26T04:00Z", "2026-11-02T05:00Z", "2026-11-03T00:00Z"]);
    const quarters = { unit: "month", count: 3 } as const;
    expect(text(boundaries(new Date("2026-02-10T00:00Z"), new Date("2026-08-01T00:00Z"), quarters, "UTC"))).toEqual([
      "2026-02-10T00:00Z",
      "2026-04-01T00:00Z",
      "2026-07-01T00:00Z",
      "2026-08-01T00:00Z",
    ]);
  });

  test.each([
    ["Europe/Berlin", "2026-10-25T01:00Z"],
    ["America/New_York", "2026-11-01T06:00Z"],
    ["Australia/Lord_Howe", "2026-04-04T15:00Z"],
    ["America/Santiago", "2026-04-05T03:00Z"],
    ["Atlantic/Azores", "2026-10-25T01:00Z"],
    ["Europe/Berlin", "2026-03-29T01:00Z"],
    ["Australia/Lord_Howe", "2026-10-03T15:30Z"],
    ["America/Santiago", "2026-09-06T04:00Z"],
  ])("in %s, all buckets around the clock change at %s are equally long", (zone, time) => {
    const change = new Date(time);
    for (const minutes of [1, 5, 15, 30]) {
      const length = minutes * 60_000;
      const [from, to] = [new Date(change.getTime() - 3 * HOUR), new Date(change.getTime() + 3 * HOUR)];
      const ends = boundaries(from, to, { unit: "millisecond", count: length }, zone);
      expect(ends.map((end) => end.getTime())).toEqual(
        Array.from({ length: (6 * HOUR) / length + 1 }, (_, n) => from.getTime() + n * length),
      );
    }
  });

  test("when the clock is set back, no bucket is longer than its step of up to an hour", () => {
    const hours = (zone: string, from: string, to: string) =>
      text(boundaries(new Date(from), new Date(to), { unit: "millisecond", count: HOUR }, zone));
    expect(hours("Europe/Berlin", "2026-10-24T23:30Z", "2026-10-25T03:00Z")).toEqual([
      "2026-10-24T23:30Z",
      "2026-10-25T00:00Z",
      "2026-10-25T01:00Z",
      "2026-10-25T02:00Z",
      "2026-10-25T03:00Z",
    ]);
    // The clock shows 01:30 to 02:00 twice.
    expect(hours("Australia/Lord_Howe", "2026-04-04T14:00Z", "2026-04-04T16:30Z")).toEqual([
      "2026-04-04T14:00Z",
      "2026-04-04T15:00Z",
      "2026-04-04T15:30Z",
      "2026-04-04T16:30Z",
    ]);
  });

  test("in every zone, each day begins when the clock shows its date, also if midnight is skipped", () => {
    const year = { from: new Date("2026-01-01T12:00Z"), to: new Date("2026-12-31T12:00Z") };
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      const format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
      const clock = new Intl.DateTimeFormat("en", { timeZone: zone, timeStyle: "short" });
      // Testing the zones whose clocks change is enough, and faster.
      if (clock.format(Date.parse("2026-01-01T12:00Z")) === clock.format(Date.parse("2026-07-01T12:00Z"))) continue;
      const ends = boundaries(year.from, year.to, { unit: "millisecond", count: DAY }, zone);
      const wrong = ends.slice(1, -1).filter((end) => {
        const [before, after] = [format.format(end.getTime() - 1), format.format(end)];
        return Date.parse(after) - Date.parse(before) !== DAY;
      });
      expect(text(wrong), zone).toEqual([]);
      expect(ends.length, zone).toBeGreaterThanOrEqual(365);
    }
  });

  test("a day that the zone's clock began an hour late or repeated begins once", () => {
    const days = (zone: string, from: string, to: string) =>
      text(boundaries(new Date(from), new Date(to), { unit: "millisecond", count: DAY }, zone)).slice(1, -1);
    // 6 September has no midnight: the clock jumps to 01:00.
    expect(days("America/Santiago", "2026-09-05T12:00Z", "2026-09-07T12:00Z")).toEqual([
      "2026-09-06T04:00Z",
      "2026-09-07T03:00Z",
    ]);
    // The last hour of 4 April is repeated.
    expect(days("America/Santiago", "2026-04-04T12:00Z", "2026-04-05T12:00Z")).toEqual(["2026-04-05T04:00Z"]);
    // The first hour of 1 November is repeated.
    expect(days("America/Havana", "2026-10-31T12:00Z", "2026-11-02T12:00Z")).toEqual([
      "2026-11-01T04:00Z",
      "2026-11-02T05:00Z",
    ]);
    // Samoa skipped 30 December 2011.
    expect(days("Pacific/Apia", "2011-12-29T12:00Z", "2011-12-31T12:00Z")).toEqual([
      "2011-12-30T10:00Z",
      "2011-12-31T10:00Z",
    ]);
  });
});

test("each matching event is counted in exactly one bucket", async ({ organization }) => {
  await seedEvents(organization, { count: 3000, ...YEAR, seed: 11 });
  const { buckets, capped, step } = await eventHistogram(organization, { filters: all(), zone: "UTC" });
  expect([buckets.length, step, capped]).toEqual([53, 7 * DAY, false]);
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(3000);
  for (const bucket of buckets.slice(10, 13)) {
    const [row] = await organization.db.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM log.event WHERE organization_pk = $1 AND occurred_at >= $2 AND occurred_at < $3",
      [organization.organization.pk, bucket.from, bucket.to],
    );
    expect(bucket).toMatchObject({ count: row?.count, estimate: row?.count, atLeast: false });
  }
  const none = await eventHistogram(organization, { filters: all({ actions: ["nothing.ever"] }), zone: "UTC" });
  expect(none.buckets.map(({ count }) => count)).toEqual(buckets.map(() => 0));
});

test("all time is clipped to the organization's events and empty without events", async ({ organization }) => {
  const ever = all({ from: new Date("0001-01-01"), to: new Date("9999-12-31") });
  expect(await eventHistogram(organization, { filters: ever, zone: "UTC" })).toMatchObject({
    buckets: [],
    capped: false,
  });
  const [first, last] = [new Date("2026-03-01T10:00:00.000Z"), new Date("2026-03-05T12:00:00.000Z")];
  await storeEvents(organization, [anEvent({ occurredAt: first }), anEvent({ occurredAt: last })]);
  const { buckets } = await eventHistogram(organization, { filters: ever, zone: "UTC" });
  expect([buckets[0]?.from, buckets.at(-1)?.to]).toEqual([first, new Date(last.getTime() + 1)]);
  expect(buckets.filter(({ count }) => count > 0)).toHaveLength(2);
  const millisecond = await eventHistogram(organization, { filters: all({ from: first, to: first }), zone: "UTC" });
  expect(millisecond.buckets).toEqual([
    { from: first, to: new Date(first.getTime() + 1), count: 1, estimate: 1, atLeast: false },
  ]);
});

test("a range that ends in the future ends now, or after the event with the latest date", async ({ organization }) => {
  const now = new Date("2026-05-10T12:00:00.000Z");
  const filters = all({ from: new Date(now.getTime() - 30 * DAY), to: new Date(now.getTime() + DAY) });
  const endOf = async (request: { readonly now?: Date } = { now }) =>
    (await eventHistogram(organization, { filters, zone: "UTC", ...request })).buckets.at(-1);
  await storeEvents(organization, [anEvent({ occurredAt: new Date(now.getTime() - 1) })]);
  expect(await endOf()).toMatchObject({ to: now, count: 1 });
  expect(await endOf({})).toMatchObject({ to: filters.to });
  const ahead = new Date(now.getTime() + 2 * HOUR);
  await storeEvents(organization, [anEvent({ occurredAt: ahead })]);
  expect(await endOf()).toMatchObject({ to: new Date(ahead.getTime() + 1), count: 1 });
});

test("a range at the last possible millisecond contains no events", async ({ organization }) => {
  const end = all({ from: ALL_TIME.to, to: ALL_TIME.to });
  const { buckets } = await eventHistogram(organization, { filters: end, zone: "UTC" });
  expect(buckets.map(({ count }) => count)).toEqual([0]);
});

test("a bucket over the counting limit is marked and has an estimate", async ({ organization }) => {
  const day = { from: new Date("2026-05-01T00:00:00.000Z"), to: new Date("2026-05-01T01:00:00.000Z") };
  await seedEvents(organization, { count: 20_000, from: day.from, to: new Date("2026-05-01T00:01:00.000Z"), seed: 13 });
  const { buckets, capped } = await eventHistogram(organization, { filters: all(day), zone: "UTC" });
  expect([capped, buckets.length]).toEqual([true, 60]);
  const [full, ...others] = buckets;
  expect(full).toMatchObject({ count: 5000, atLeast: true });
  expect(full?.estimate).toBeGreaterThan(15_000);
  expect(full?.estimate).toBeLessThan(25_000);
  expect(others.filter(({ atLeast }) => atLeast)).toEqual([]);
});
