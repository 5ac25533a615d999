import { expect, test } from "vitest";
import { ANSWER_PATIENCE, EVENT_PATIENCE, PROCESS_PATIENCE, STEP_PATIENCE } from "./timeouts";

test("nothing is cut off by whoever waits for it, and an orchestrator's 30 seconds are enough for all", () => {
  expect(ANSWER_PATIENCE).toBeGreaterThan(EVENT_PATIENCE);
  expect(PROCESS_PATIENCE).toBeGreaterThan(ANSWER_PATIENCE);
  expect(PROCESS_PATIENCE).toBeGreaterThan(STEP_PATIENCE);
  expect(PROCESS_PATIENCE).toBeLessThan(30_000);
});
