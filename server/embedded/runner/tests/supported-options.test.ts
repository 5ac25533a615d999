import type { InngestFunction } from "inngest";
import { expect, test } from "vitest";
import { setUpRunner } from "./runner-under-test";

const triggers = [{ event: "go" }];

test.for<[string, Omit<InngestFunction.Options, "id">]>([
  ['"batchEvents"', { triggers, batchEvents: { maxSize: 10, timeout: "5s" } }],
  ['"throttle"', { triggers, throttle: { limit: 1, period: "1m" } }],
  ['"rateLimit"', { triggers, rateLimit: { limit: 1, period: "1m" } }],
  ['"debounce"', { triggers, debounce: { period: "1m" } }],
  ['"priority"', { triggers, priority: { run: "event.data.priority" } }],
  ['"singleton"', { triggers, singleton: { mode: "skip" } }],
  ['"timeouts"', { triggers, timeouts: { finish: "1h" } }],
  ['"idempotency"', { triggers, idempotency: "event.data.id" }],
  ['the trigger condition "event.data.n > 1"', { triggers: [{ event: "go", if: "event.data.n > 1" }] }],
  ['the trigger "inngest/function.finished"', { triggers: [{ event: "inngest/function.finished" }] }],
  ['the cron trigger "* * * * * *"', { triggers: [{ cron: "* * * * * *" }] }],
  ['the cron trigger "0 0 30 2 *" (it never fires)', { triggers: [{ cron: "0 0 30 2 *" }] }],
  ['the cron trigger "TZ=Moon/Sea 0 0 * * *"', { triggers: [{ cron: "TZ=Moon/Sea 0 0 * * *" }] }],
  ["the concurrency key \"'all'\"", { triggers, concurrency: { limit: 1, key: "'all'" } }],
  ['the concurrency scope "account"', { triggers, concurrency: { limit: 1, key: "event.data.id", scope: "account" } }],
  ['cancelOn "stop" without a match', { triggers, cancelOn: [{ event: "stop" }] }],
  [
    'cancelOn "stop" with the condition "async.data.n > 1"',
    { triggers, cancelOn: [{ event: "stop", if: "async.data.n > 1" }] },
  ],
  ['the cancelOn option "timeout"', { triggers, cancelOn: [{ event: "stop", match: "data.id", timeout: "1h" }] }],
])("a function that asks for %s is refused at the start, by name", async ([option, options]) => {
  const { inngest, start } = await setUpRunner();
  const fn = inngest.createFunction({ id: "greedy", ...options }, () => undefined);
  await expect(start(fn)).rejects.toThrow(`Function "app-greedy" asks for ${option}`);
});

test("all options that the runner has are accepted together", async () => {
  const { inngest, start } = await setUpRunner();
  const fn = inngest.createFunction(
    {
      id: "modest",
      triggers: [{ event: "go" }, { cron: "TZ=Europe/Berlin 0 3 * * *" }],
      retries: 3,
      concurrency: [{ key: "event.data.id", limit: 1 }, { limit: 4 }],
      cancelOn: [{ event: "stop", match: "data.id" }],
      onFailure: () => undefined,
    },
    () => undefined,
  );
  await expect(start(fn)).resolves.toBeDefined();
});
