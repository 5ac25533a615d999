import pg from "pg";
import type { Logger } from "pino";
import { WORKER_SHUTDOWN_TIMEOUT } from "@/server/kernel/timeouts";
import { syncFunctions } from "@/server/embedded/runner/protocol/application";
import { Bell } from "@/server/embedded/runner/leader/wake-up";
import { cleanUp } from "@/server/embedded/runner/storage/delete-old-rows";
import { dispatchEvents, failOrphans } from "@/server/embedded/runner/leader/dispatch-events";
import { Executor } from "@/server/embedded/runner/calls/executor";
import { stand } from "@/server/embedded/runner/leader/leader-election";
import { inngestBackoff, MAX_CONCURRENT_CALLS } from "./limits";
import type { Surroundings } from "@/server/embedded/runner/calls/perform-call";
import { sendDueTicks, syncCrons } from "@/server/embedded/runner/leader/cron-schedule";

export interface RunnerOptions {
  /** A direct connection, not through a pooler: the leader's lock belongs to its session. */
  readonly databaseUrl: string;
  /** `serve` from `inngest/edge` over the functions; their client's `fetch` is `runnerFetch`. */
  readonly handler: (request: Request) => Promise<Response>;
  readonly signingKey: string;
  readonly log: Logger;
  /** Milliseconds to wait after failure number `attempt` (from 1); Inngest's own table when absent. */
  readonly backoff?: (attempt: number) => number;
}

/** In case a notification was lost with a connection. */
const LOOK_EVERY = 5000;
const CLEAN_UP_EVERY = 60 * 60 * 1000;

/**
 * Runs Inngest functions over PostgreSQL, in this process. Of several runners on one database one works and the
 * others wait to take over. stop() takes no more work and leaves what does not end in time for the next start.
 * @throws Error when a function needs something that the runner has not.
 */
export async function startRunner({
  databaseUrl,
  handler,
  signingKey,
  log,
  backoff = inngestBackoff,
}: RunnerOptions): Promise<{ stop(): Promise<void> }> {
  const application = { handler, signingKey };
  const functions = await syncFunctions(application);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: MAX_CONCURRENT_CALLS, connectionTimeoutMillis: 5000 });
  // Its message only: pg hangs the whole client onto the error, with what the connection is made of.
  pool.on("error", (error) => log.warn({ error: error.message }, "idle connection lost"));
  const bell = new Bell();
  const surroundings = { application, functions, pool, log, backoff };
  const executor = new Executor(surroundings, () => bell.ring());
  const stopping = new AbortController();

  const lead = async (leader: pg.Client, lost: AbortSignal) => {
    await work(surroundings, executor, bell, leader, AbortSignal.any([lost, stopping.signal]));
    // Under the lock, so that no other runner repeats the steps that are just ending.
    if (!lost.aborted) await executor.drain(WORKER_SHUTDOWN_TIMEOUT);
  };
  const standing = stand({ databaseUrl, stopping: stopping.signal, bell, log, lead });

  return {
    async stop() {
      stopping.abort();
      bell.ring();
      await standing;
      await executor.drain(WORKER_SHUTDOWN_TIMEOUT);
      await pool.end();
    },
  };
}

async function work(
  { functions, pool, log }: Surroundings,
  executor: Executor,
  bell: Bell,
  leader: pg.Client,
  over: AbortSignal,
): Promise<void> {
  await failOrphans(leader, functions);
  await syncCrons(leader, functions);
  let cleanUpAt = 0;
  while (!over.aborted) {
    if (Date.now() >= cleanUpAt) {
      cleanUpAt = Date.now() + CLEAN_UP_EVERY;
      void cleanUp(pool).catch((error: unknown) => log.warn({ err: error }, "old runs not removed"));
    }
    await sendDueTicks(leader);
    await dispatchEvents(leader, functions);
    // Asked first: what falls due between the two is started, and only costs a needless look.
    const untilNext = await millisecondsUntilNext(leader);
    await executor.startDue(leader);
    await bell.wait(Math.min(untilNext ?? LOOK_EVERY, LOOK_EVERY));
  }
}

/** Until the next job or tick that is not due yet. */
async function millisecondsUntilNext(leader: pg.Client): Promise<number | null> {
  const { rows } = await leader.query<{ milliseconds: number | null }>(
    `SELECT ceil(extract(epoch FROM min(at) - now()) * 1000)::float AS milliseconds FROM (
       SELECT min(wake_at) AS at FROM runner.jobs WHERE wake_at > now()
       UNION ALL SELECT min(next_at) FROM runner.crons WHERE next_at > now()
     ) AS next`,
  );
  return rows[0]?.milliseconds ?? null;
}
