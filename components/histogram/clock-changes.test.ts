import { describe, expect, test, vi } from "vitest";

const HOUR = 3_600_000;

/** Loads the labels again, since formatters are cached with the time zone in which they were created. */
async function inZone(zone: string) {
  vi.stubEnv("TZ", zone);
  vi.resetModules();
  const [{ bucketSpanLabel }, { axisTicks }] = await Promise.all([import("./histogram-labels"), import("./axis")]);
  const span = (from: string, to: string) => bucketSpanLabel({ from: new Date(from), to: new Date(to) }, "local");
  return { span, axisTicks };
}

describe("bars around a clock change", () => {
  test("of the repeated hour have the same times and different offsets", async () => {
    const berlin = await inZone("Europe/Berlin");
    expect(berlin.span("2026-10-25T00:00Z", "2026-10-25T01:00Z")).toBe("25 Oct 2026, 02:00 to 03:00 UTC+2");
    expect(berlin.span("2026-10-25T01:00Z", "2026-10-25T02:00Z")).toBe("25 Oct 2026, 02:00 to 03:00 UTC+1");
    expect(berlin.span("2026-10-25T00:55Z", "2026-10-25T01:00Z")).toBe("25 Oct 2026, 02:55 to 03:00 UTC+2");
    const lordHowe = await inZone("Australia/Lord_Howe");
    expect(lordHowe.span("2026-04-04T14:30Z", "2026-04-04T15:00Z")).toBe("5 Apr 2026, 01:30 to 02:00 UTC+11");
    expect(lordHowe.span("2026-04-04T15:00Z", "2026-04-04T15:30Z")).toBe("5 Apr 2026, 01:30 to 02:00 UTC+10:30");
  });

  test("next to a skipped midnight show the day", async () => {
    const { span, axisTicks } = await inZone("America/Santiago");
    expect(span("2026-09-05T04:00Z", "2026-09-06T04:00Z")).toBe("5 Sep 2026, UTC-4");
    expect(span("2026-09-06T04:00Z", "2026-09-07T03:00Z")).toBe("6 Sep 2026, 01:00 to 00:00 UTC-3");
    const from = Date.parse("2026-09-05T22:00Z");
    const hours = Array.from({ length: 24 }, (_, n) => ({
      from: new Date(from + n * HOUR),
      to: new Date(from + (n + 1) * HOUR),
      count: 0,
      atLeast: false,
      estimate: 0,
    }));
    expect(axisTicks(hours, "local").map(({ label }) => label)).toEqual(["18:00", "6 Sep", "06:00", "12:00", "18:00"]);
  });
});
