import { Inngest } from "inngest";
import { serve } from "inngest/edge";
import pg from "pg";
import { pino } from "pino";
import { runnerFetch } from "@/server/embedded/runner/runner-fetch";
import { startRunner } from "@/server/embedded/runner/runner";

// A worker process that a test kills: `node --import tsx crash-worker.fixture.ts <database url> <step to hang in>`.
const [databaseUrl = "", hangsIn = ""] = process.argv.slice(2);
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

/** Writes down that the step runs, where the test can see it, before anything can be killed. */
async function record(step: string): Promise<void> {
  await pool.query("INSERT INTO public.ran (step) VALUES ($1)", [step]);
  if (step === hangsIn) await new Promise(() => {});
}

const work = inngest.createFunction({ id: "work", retries: 1, triggers: [{ event: "go" }] }, async ({ step }) => {
  await step.run("one", () => record("one"));
  await step.run("two", () => record("two"));
  await step.sleep("sleep", "3s");
  await step.run("three", () => record("three"));
});

await startRunner({
  databaseUrl,
  handler: serve({ client: inngest, functions: [work] }),
  signingKey,
  log,
  backoff: () => 20,
});
