import { Inngest } from "inngest";
import { serve } from "inngest/edge";
import pg from "pg";
import { pino } from "pino";
import { runnerFetch } from "@/server/embedded/runner/runner-fetch";
import { startRunner } from "@/server/embedded/runner/runner";

// A worker process that a test kills: `node worker.js <database URL> <step to hang in> <sleep>`.
const [databaseUrl = "", hangsIn = "", sleep = "1s"] = process.argv.slice(2);
const signingKey = `signkey-test-${"5e".repeat(32)}`;
const log = pino({ level: "silent" });
const pool = new pg.Pool({ connectionString: databaseUrl });
const inngest = new Inngest({
  id: "app",
  eventKey: "key",
  signingKey,
  isDev: false,
  fetch: runnerFetch(pool),
  logger: log,
});

/** Records in the database that the step runs, before the test kills the process. */
async function record(step: string): Promise<void> {
  await pool.query("INSERT INTO public.ran (step) VALUES ($1)", [step]);
  if (step === hangsIn) await new Promise(() => {});
}

const work = inngest.createFunction({ id: "work", retries: 1, triggers: [{ event: "go" }] }, async ({ step }) => {
  await step.run("one", () => record("one"));
  await step.run("two", () => record("two"));
  await step.sleep("sleep", sleep);
  await step.run("three", () => record("three"));
});

await startRunner({
  databaseUrl,
  handler: serve({ client: inngest, functions: [work] }),
  signingKey,
  log,
  backoff: () => 20,
  campaignInterval: 50,
  leaseDuration: 2_000,
});
