import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import pg from "pg";
import { pino } from "pino";
import { onTestFinished, vi } from "vitest";
import { createTestDatabase } from "@/server/testing/database";
import { runnerFetch } from "@/server/embedded/runner/runner-fetch";
import { type RunnerOptions, startRunner } from "@/server/embedded/runner/runner";

const SIGNING_KEY = `signkey-test-${"5e".repeat(32)}`;

/** A client, its database, and the runners that the test starts on it. All of them are removed after the test. */
export interface RunnerUnderTest {
  readonly inngest: Inngest;
  readonly url: string;
  readonly pool: pg.Pool;
  readonly start: (...functions: InngestFunction.Any[]) => Promise<{ stop(): Promise<void> }>;
  /** Like `start`, with other options of the runner. */
  readonly startWith: (
    options: Partial<RunnerOptions>,
    ...functions: InngestFunction.Any[]
  ) => Promise<{ stop(): Promise<void> }>;
  /** Resolves once there are `count` runs and all have ended, with their states by function. */
  readonly ended: (count: number) => Promise<Record<string, string[]>>;
}

/** Sets up a database and a client. `wrap` can intercept what the SDK sends. */
export async function setUpRunner(wrap = (send: typeof fetch): typeof fetch => send): Promise<RunnerUnderTest> {
  const database = await createTestDatabase();
  const { url } = database;
  const pool = new pg.Pool({ connectionString: url });
  pool.on("error", () => undefined);
  onTestFinished(async () => {
    await pool.end();
    await database.drop();
  });
  const logger = pino({ level: "silent" });
  const inngest = new Inngest({
    id: "app",
    eventKey: "key",
    signingKey: SIGNING_KEY,
    isDev: false,
    fetch: wrap(runnerFetch(pool)),
    logger,
  });
  const startWith: RunnerUnderTest["startWith"] = async (options, ...functions) => {
    const handler = serve({ client: inngest, functions });
    const runner = await startRunner({
      databaseUrl: url,
      handler,
      signingKey: SIGNING_KEY,
      log: logger,
      backoff: () => 20,
      campaignInterval: 50,
      ...options,
    });
    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= runner.stop());
    onTestFinished(stop);
    return { stop };
  };
  return {
    inngest,
    url,
    pool,
    start: (...functions) => startWith({}, ...functions),
    startWith,
    ended: (count) =>
      eventually(async () => {
        const { rows } = await pool.query<{ function_id: string; status: string }>(
          "SELECT function_id, status FROM runner.runs ORDER BY id",
        );
        const open = rows.filter((row) => row.status === "open");
        if (rows.length !== count || open.length > 0)
          throw new Error(`${rows.length} runs of ${count}, ${open.length} open`);
        const byFunction: Record<string, string[]> = {};
        for (const row of rows) (byFunction[row.function_id.replace(/^app-/, "")] ??= []).push(row.status);
        return byFunction;
      }),
  };
}

/** Repeats `check` until it no longer throws. */
export function eventually<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, { timeout: 20_000, interval: 20 });
}

/** Returns a promise, `opened`, and the function `open` that resolves it. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}
