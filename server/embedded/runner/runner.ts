// The embedded Inngest runner. Any number of runners may share a database; one of them, the leader, does the work.
//
//   CAMPAIGNING   tries once a second to take the database's advisory lock. Succeeds: → LEADING.
//                 The leader does not renew its lease: ends the leader's session, which frees the lock.
//   LEADING       turns events and cron ticks into runs, and makes the calls that are due. Renews its lease.
//                 Its connection breaks, or another runner has the lease: → CAMPAIGNING.
//                 Running calls continue and commit over other connections.
//                 stop() is called: → DRAINING.
//   DRAINING      starts no more calls. Keeps the lock, so that no other runner repeats a step that is about to end,
//                 and waits for running steps, at most WORKER_SHUTDOWN_TIMEOUT; later ones are left to the next start.
//                 Done: → STOPPED.
//   STOPPED       final. A runner that is campaigning when stop() is called drains without the lock.
//
// The states of runs are described in storage/runs.ts, those of jobs in storage/jobs.ts.
import type { Logger } from "pino";
import type { CallContext } from "@/server/embedded/runner/calls/call-context";
import { Executor } from "@/server/embedded/runner/calls/executor";
import { ClockWatch } from "@/server/embedded/runner/leader/clock-watch";
import { KnownTicks, sendDueTicks, syncCrons } from "@/server/embedded/runner/leader/cron-schedule";
import { dispatchEvents, failRunsOfRemovedFunctions } from "@/server/embedded/runner/leader/dispatch-events";
import { campaign, type Leader } from "@/server/embedded/runner/leader/leader-election";
import { WakeUp } from "@/server/embedded/runner/leader/wake-up";
import { syncFunctions } from "@/server/embedded/runner/protocol/application";
import { deleteOldRows } from "@/server/embedded/runner/storage/delete-old-rows";
import { millisecondsUntilNext } from "@/server/embedded/runner/storage/jobs";
import { repairTimes } from "@/server/embedded/runner/storage/repair-times";
import { openConnections } from "@/server/infra/postgres/pool";
import { WORKER_SHUTDOWN_TIMEOUT } from "@/server/kernel/timeouts";
import { inngestBackoff, MAX_CONCURRENT_CALLS } from "./limits";

export interface RunnerOptions {
  /** A direct connection, not through a pooler: the leader's lock belongs to its session. */
  readonly databaseUrl: string;
  /** How many connections the running calls share; one for each call by default. */
  readonly connections?: number;
  /** `serve` from `inngest/edge` with the functions. Their client's `fetch` is `runnerFetch`. */
  readonly handler: (request: Request) => Promise<Response>;
  readonly signingKey: string;
  readonly log: Logger;
  /** Returns the delay (ms) after failure number `attempt` (from 1). Inngest's own table by default. */
  readonly backoff?: (attempt: number) => number;
  /** How often a runner that is not the leader tries to become it, in milliseconds. */
  readonly campaignInterval?: number;
  /** How long a leader may be silent before another runner takes over, in milliseconds. */
  readonly leaseDuration?: number;
}

/** How often the leader checks for work even if no notification arrives: one may be lost with a connection (ms). */
const POLL_INTERVAL = 5000;
/** Longer than a busy process or a slow database delays a renewal. */
const LEASE_DURATION = 15_000;
const DELETE_INTERVAL = 60 * 60 * 1000;
const SECOND_REPAIR_AFTER = 60_000;

/**
 * Runs Inngest functions over PostgreSQL, in this process. `stop` takes no more work, waits for running steps and leaves
 * those that do not end in time to the next start.
 *
 * @throws Error if a function needs something that the runner does not support.
 */
export async function startRunner({
  databaseUrl,
  connections = MAX_CONCURRENT_CALLS,
  handler,
  signingKey,
  log,
  backoff = inngestBackoff,
  campaignInterval = 1000,
  leaseDuration = LEASE_DURATION,
}: RunnerOptions): Promise<{ stop(): Promise<void> }> {
  const application = { handler, signingKey };
  const functions = await syncFunctions(application);
  const pool = openConnections(databaseUrl, log, { connections, connectTimeout: 5000 });
  const wakeUp = new WakeUp();
  const context = { application, functions, pool, log, backoff };
  const executor = new Executor(context, () => wakeUp.notify());
  const stopping = new AbortController();

  const whileLeader = async (leader: Leader, lost: AbortSignal) => {
    await work(context, executor, wakeUp, leader, AbortSignal.any([lost, stopping.signal]));
    if (!lost.aborted) await executor.drain(WORKER_SHUTDOWN_TIMEOUT);
  };
  const ended = campaign({
    databaseUrl,
    pool,
    leaseDuration,
    interval: campaignInterval,
    stopping: stopping.signal,
    wakeUp,
    log,
    whileLeader,
  });

  return {
    async stop() {
      stopping.abort();
      wakeUp.notify();
      await ended;
      await executor.drain(WORKER_SHUTDOWN_TIMEOUT);
      await pool.end();
    },
  };
}

/** Does the leader's work until `ended` aborts. */
async function work(
  { functions, pool, log }: CallContext,
  executor: Executor,
  wakeUp: WakeUp,
  { connection, lease }: Leader,
  ended: AbortSignal,
): Promise<void> {
  await failRunsOfRemovedFunctions(connection, functions);
  await syncCrons(connection, functions);
  const clock = new ClockWatch();
  const known = new KnownTicks();
  let nextDeletion = -Infinity;
  let nextRepair = Infinity;
  while (!ended.aborted) {
    if (performance.now() >= nextDeletion) {
      nextDeletion = performance.now() + DELETE_INTERVAL;
      void deleteOldRows(pool).catch((error: unknown) => log.warn({ err: error }, "old runs were not deleted"));
    }
    const wasSetBack = await clock.wasSetBack(connection);
    const isTickMoved = await sendDueTicks(connection, known);
    if (wasSetBack || isTickMoved || performance.now() >= nextRepair) {
      await repairTimes(connection);
      // Once more, because a transaction that began before the clock was set back may commit after this.
      nextRepair = wasSetBack || isTickMoved ? performance.now() + SECOND_REPAIR_AFTER : Infinity;
    }
    await dispatchEvents(connection, functions);
    // Read before starting calls: a job that becomes due in between is started, and costs one unnecessary iteration.
    const untilNext = await millisecondsUntilNext(connection);
    await executor.startDueCalls(connection, lease);
    await wakeUp.wait(Math.min(untilNext ?? POLL_INTERVAL, POLL_INTERVAL));
  }
}
