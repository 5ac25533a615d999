import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { correctServerClock, serverNow, startServerClock, toServerTime } from "./server-clock";
import { nextMinute } from "./time-range";

const SERVER = Date.parse("2026-11-25T12:00:00.000Z");
const HOUR = 3_600_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

test.each([-9 * HOUR, -600_000, 0, HOUR, 400 * 24 * HOUR])(
  "now is the server's time with a browser clock that is %d ms ahead",
  (error) => {
    vi.setSystemTime(SERVER + error);
    startServerClock(SERVER);
    expect(serverNow()).toBe(SERVER);
    expect(nextMinute()).toEqual(new Date(SERVER + 60_000));
    vi.setSystemTime(SERVER + error + HOUR);
    expect(serverNow()).toBe(SERVER + HOUR);
    expect(toServerTime(SERVER + error)).toBe(SERVER);
  },
);

test("a response corrects a browser clock that is changed while the page is open", () => {
  vi.setSystemTime(SERVER);
  startServerClock(SERVER);
  vi.setSystemTime(SERVER + 9 * HOUR);
  correctServerClock(new Date(SERVER).toUTCString(), SERVER + 9 * HOUR - 200);
  expect(Math.abs(serverNow() - SERVER)).toBeLessThanOrEqual(1200);
});

test("a response that agrees with the clock, or has no date, changes nothing", () => {
  vi.setSystemTime(SERVER + HOUR + 999);
  startServerClock(SERVER + 999);
  for (const date of [new Date(SERVER).toUTCString(), null, "soon"]) correctServerClock(date, SERVER + HOUR + 900);
  expect(serverNow()).toBe(SERVER + 999);
  // Of a slow response, only the limits are known: it was created after it was requested and before it arrived.
  correctServerClock(new Date(SERVER - 30_000).toUTCString(), SERVER + HOUR - 60_000);
  expect(serverNow()).toBe(SERVER + 999);
});
