import { describe, expect, test, vi } from "vitest";
import { parseTypedTime, toTypedTime } from "./typed-time";

// Clocks change in Berlin: 25 October 2026 has 25 hours.
vi.stubEnv("TZ", "Europe/Berlin");

describe("typed time", () => {
  test.each([
    ["2026-09-30 18:00", "2026-09-30T16:00:00.000Z", "2026-09-30T18:00:00.000Z"],
    ["2026-9-3, 8:05", "2026-09-03T06:05:00.000Z", "2026-09-03T08:05:00.000Z"],
    ["2026-09-30T18:00:07.1239", "2026-09-30T16:00:07.123Z", "2026-09-30T18:00:07.123Z"],
    ["2026-09-30T18:00:07.1Z", "2026-09-30T18:00:07.100Z", "2026-09-30T18:00:07.100Z"],
    ["2026-09-30 18:00 -05:30", "2026-09-30T23:30:00.000Z", "2026-09-30T23:30:00.000Z"],
  ])("%s is the same time as start and as end of a range", (text, local, utc) => {
    for (const end of ["from", "to"] as const) {
      expect(parseTypedTime(text, "local", end)).toEqual(new Date(local));
      expect(parseTypedTime(text, "utc", end)).toEqual(new Date(utc));
    }
  });

  test.each([
    ["2026-09-30", "2026-09-29T22:00:00.000Z", "2026-09-30T22:00:00.000Z"],
    ["2026-10-25", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
    ["2026-12-31", "2026-12-30T23:00:00.000Z", "2026-12-31T23:00:00.000Z"],
    ["9999-12-31", "9999-12-30T23:00:00.000Z", "9999-12-31T23:00:00.000Z"],
    ["9999-12-31Z", "9999-12-31T00:00:00.000Z", "9999-12-31T23:59:59.999Z"],
    ["2026-02-28Z", "2026-02-28T00:00:00.000Z", "2026-03-01T00:00:00.000Z"],
  ])("the date %s starts at midnight and ends at the next midnight", (text, first, next) => {
    expect(parseTypedTime(text, "local", "from")).toEqual(new Date(first));
    expect(parseTypedTime(text, "local", "to")).toEqual(new Date(next));
  });

  test.each([
    "",
    "yesterday",
    "2026-02-30",
    "2026-13-01",
    "2026-01-01 24:00",
    "2026-01-01 10:60",
    "0026-01-01",
    "2026",
  ])("%o is not a time", (text) => {
    expect(parseTypedTime(text, "utc", "to")).toBeNull();
  });

  test.each([
    ["2026-09-30T16:00:00.000Z", "2026-09-30 18:00"],
    ["2026-09-30T16:00:07.000Z", "2026-09-30 18:00:07"],
    ["2026-09-30T16:00:00.120Z", "2026-09-30 18:00:00.120"],
    // The clock shows 02:30 twice.
    ["2026-10-25T00:30:00.000Z", "2026-10-25 02:30"],
    ["2026-10-25T01:30:00.000Z", "2026-10-25 02:30+01:00"],
  ])("%s survives a round trip through its text", (time, text) => {
    expect(toTypedTime(new Date(time), "local")).toBe(text);
    expect(parseTypedTime(text, "local", "from")).toEqual(new Date(time));
  });
});
