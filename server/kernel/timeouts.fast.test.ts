import { expect, test } from "vitest";
import {
  DEFAULT_DRAIN_SECONDS,
  EVENT_TIMEOUT,
  shutdownTimeout,
  WEB_SHUTDOWN_TIMEOUT,
  WORKER_SHUTDOWN_TIMEOUT,
} from "./timeouts";

test("each timeout outlasts those it waits for, and all end within an orchestrator's 30 seconds", () => {
  expect(WEB_SHUTDOWN_TIMEOUT).toBeGreaterThan(EVENT_TIMEOUT);
  for (const drainSeconds of [0, DEFAULT_DRAIN_SECONDS, 60]) {
    expect(shutdownTimeout(drainSeconds)).toBeGreaterThan(WEB_SHUTDOWN_TIMEOUT + drainSeconds * 1_000);
    expect(shutdownTimeout(drainSeconds)).toBeGreaterThan(WORKER_SHUTDOWN_TIMEOUT);
  }
  expect(shutdownTimeout(DEFAULT_DRAIN_SECONDS)).toBeLessThan(30_000);
});
