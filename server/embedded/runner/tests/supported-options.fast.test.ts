import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { pino } from "pino";
import { expect, test } from "vitest";
import { syncFunctions } from "@/server/embedded/runner/protocol/application";
import { startRunner } from "@/server/embedded/runner/runner";

const triggers = [{ event: "go" }];
const signingKey = `signkey-test-${"5e".repeat(32)}`;
const log = pino({ level: "silent" });

function handlerOf(options: InngestFunction.Options): (request: Request) => Promise<Response> {
  const client = new Inngest({ id: "app", eventKey: "key", signingKey, isDev: false, logger: log });
  return serve({ client, functions: [client.createFunction(options, () => undefined)] });
}

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
])("the runner does not start with a function that uses %s", async ([option, options]) => {
  const handler = handlerOf({ id: "greedy", ...options });
  // The runner rejects the function before it connects.
  const start = startRunner({ databaseUrl: "postgresql://unused.invalid/", handler, signingKey, log });
  await expect(start).rejects.toThrow(`Function "app-greedy" uses ${option}`);
});

test("the runner accepts all options that it supports together", async () => {
  const handler = handlerOf({
    id: "modest",
    triggers: [{ event: "go" }, { cron: "TZ=Europe/Berlin 0 3 * * *" }],
    retries: 3,
    concurrency: [{ key: "event.data.id", limit: 1 }, { limit: 4 }],
    cancelOn: [{ event: "stop", match: "data.id" }],
    onFailure: () => undefined,
  });
  const functions = await syncFunctions({ handler, signingKey });
  expect([...functions.keys()]).toEqual(["app-modest", "app-modest-failure"]);
});
