import { expect, test } from "vitest";
import { EVENT_TIMEOUT, SHUTDOWN_TIMEOUT, WEB_SHUTDOWN_TIMEOUT, WORKER_SHUTDOWN_TIMEOUT } from "./timeouts";

test("each timeout outlasts those it waits for, and all end within an orchestrator's 30 seconds", () => {
  expect(WEB_SHUTDOWN_TIMEOUT).toBeGreaterThan(EVENT_TIMEOUT);
  expect(SHUTDOWN_TIMEOUT).toBeGreaterThan(WEB_SHUTDOWN_TIMEOUT);
  expect(SHUTDOWN_TIMEOUT).toBeGreaterThan(WORKER_SHUTDOWN_TIMEOUT);
  expect(SHUTDOWN_TIMEOUT).toBeLessThan(30_000);
});
