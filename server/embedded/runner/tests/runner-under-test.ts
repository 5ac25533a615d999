import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import pg from "pg";
import { pino } from "pino";
import { onTestFinished, vi } from "vitest";
import { createTestDatabase } from "@/server/testing/database";
import { runnerFetch } from "@/server/embedded/runner/runner-fetch";
import { startRunner } from "@/server/embedded/runner/runner";

const SIGNING_KEY = `signkey-test-${"5e".repeat(32)}`;

/** A client, its database, and as many runners over it as a test starts. All of it goes with the test. */
export interface RunnerUnderTest {
  readonly inngest: Inngest;
  readonly url: string;
  readonly pool: pg.Pool;
  readonly start: (...functions: InngestFunction.Any[]) => Promise<{ stop(): Promise<void> }>;
  /** Resolves once there are `count` runs and each has ended; answers how, by function. */
  readonly ended: (count: number) => Promise<Record<string, string[]>>;
}

/** `wrap` can listen in on what the SDK sends. */
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
  return {
    inngest,
    url,
    pool,
    start: async (...functions) => {
      const handler = serve({ client: inngest, functions });
      const runner = await startRunner({
        databaseUrl: url,
        handler,
        signingKey: SIGNING_KEY,
        log: logger,
        backoff: () => 20,
      });
      let stopped: Promise<void> | undefined;
      const stop = () => (stopped ??= runner.stop());
      onTestFinished(stop);
      return { stop };
    },
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

/** Repeats `check` until it throws no more. */
export function eventually<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, { timeout: 20_000, interval: 20 });
}

/** A promise and the function that resolves it. */
export function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}
