import { expect, test } from "vitest";
import { ALL_TIME } from "@/schemas/limits";
import { DEFAULT_RANGE, PRESETS } from "@/components/time/time-range";
import { resolveEventRange } from "./event-range";

const now = new Date("2026-03-31T10:00:00.000Z");

test("ranges that end now include events of senders whose clocks are up to a day fast", () => {
  expect(resolveEventRange(DEFAULT_RANGE, now)).toEqual({
    from: new Date("2026-03-01T10:00:00.000Z"),
    to: new Date("2026-04-01T10:00:00.000Z"),
  });
  for (const preset of PRESETS)
    expect(resolveEventRange(preset, now).to >= new Date("2026-04-01T10:00:00Z")).toBe(true);
});

test("fixed ranges and all time end where they say", () => {
  const fixed = { kind: "fixed", from: new Date("2026-03-30T00:00:00.000Z"), to: now } as const;
  expect(resolveEventRange(fixed, now)).toMatchObject({ from: fixed.from, to: fixed.to });
  expect(resolveEventRange({ kind: "all" }, now)).toEqual(ALL_TIME);
});
