// A job is a call that an open run still needs. With an empty `step_id` it calls the function, which continues until it
// has to wait; otherwise it calls one planned step.
//
//   SCHEDULED   wake_at is in the future. The time comes: → DUE.
//   DUE         wake_at has passed and call_id is null. The leader claims the job: → CALLED.
//   CALLED      call_id is the call in progress. Only results that carry this ID are saved.
//               The call finishes steps: the job is deleted, and the jobs that follow are inserted.
//               The attempt fails: attempt + 1, → SCHEDULED after the backoff.
//               A checkpoint ends the call, because the runner is stopping (`halted`) or earlier attempts failed:
//               attempt = 0, → DUE.
//               The runner stops before the call has ended: → DUE.
//               The process dies: stays CALLED. The next leader claims the job with attempt + 1 and a new call_id.
//   The clock is set back: wake_at becomes the original delay from now on (repair-times.ts).
//   deleted     when the run ends, from every state: completed, failed or canceled.
import type pg from "pg";
import type { Queryable } from "./transaction";

export interface DueJob {
  /** Identifies the job within this process. */
  readonly key: string;
  readonly runId: string;
  readonly stepId: string;
  readonly functionId: string;
  /** The concurrency limits that the run counts against, in the order of its function's limits. */
  readonly slots: string[];
}

/** A job that a process has claimed. */
export interface Claim {
  readonly callId: string;
  readonly runId: string;
  /** Empty if the function is to continue until it has to wait. */
  readonly stepId: string;
  /** How many attempts failed before this one. */
  readonly attempt: number;
}

export interface DueJobFilter {
  readonly functions: readonly string[];
  /** Jobs to skip: this process is already making their calls. */
  readonly activeKeys: readonly string[];
  readonly fullSlots: readonly string[];
  readonly limit: number;
}

export async function findDueJobs(
  connection: pg.Client,
  { functions, activeKeys, fullSlots, limit }: DueJobFilter,
): Promise<DueJob[]> {
  const { rows } = await connection.query<DueJob>(
    `SELECT run_id || ' ' || step_id AS key, run_id AS "runId", step_id AS "stepId", function_id AS "functionId", slots
     FROM runner.jobs JOIN runner.runs ON runs.id = run_id
     WHERE wake_at <= now() AND function_id = ANY($1) AND run_id || ' ' || step_id <> ALL($2) AND NOT (slots && $3)
     ORDER BY wake_at, run_id LIMIT $4`,
    [functions, activeKeys, fullSlots, limit],
  );
  return rows;
}

/**
 * Claims a due job, or returns null if it is no longer due.
 * @throws Error if another runner has taken over
 */
export async function claimJob(
  connection: pg.Client,
  { holder }: { readonly holder: string },
  { runId, stepId }: DueJob,
): Promise<Claim | null> {
  // A call_id that is still set belongs to a call that ended with its process. That counts as a failed attempt.
  const { rows } = await connection.query<Partial<Pick<Claim, "callId" | "attempt">> & { isLeader: boolean }>(
    `WITH lease AS (SELECT FROM runner.leader WHERE holder = $3), claimed AS (
       UPDATE runner.jobs SET call_id = gen_random_uuid(), halted = false, attempt = attempt + (call_id IS NOT NULL)::int
       WHERE run_id = $1 AND step_id = $2 AND wake_at <= now() AND EXISTS (SELECT FROM lease)
       RETURNING call_id AS "callId", attempt
     )
     SELECT EXISTS (SELECT FROM lease) AS "isLeader", claimed.* FROM (VALUES (1)) AS one LEFT JOIN claimed ON true`,
    [runId, stepId, holder],
  );
  const { callId, attempt, isLeader } = rows[0] ?? { isLeader: false };
  if (!isLeader) throw new Error("another runner has taken over");
  return callId && attempt !== undefined ? { callId, attempt, runId, stepId } : null;
}

/** Tells these calls to stop after the step they are in. */
export async function haltCalls(db: Queryable, callIds: readonly string[]): Promise<void> {
  await db.query("UPDATE runner.jobs SET halted = true WHERE call_id = ANY($1::uuid[])", [callIds]);
}

/** Makes these jobs due again without counting the call as an attempt. The calls can no longer save anything. */
export async function releaseCalls(db: Queryable, callIds: readonly string[]): Promise<void> {
  await db.query("UPDATE runner.jobs SET call_id = NULL WHERE call_id = ANY($1::uuid[])", [callIds]);
}

/** Returns the time until the next job or cron tick that is not due yet, or null if there is none. */
export async function millisecondsUntilNext(connection: pg.Client): Promise<number | null> {
  const { rows } = await connection.query<{ milliseconds: number | null }>(
    `SELECT ceil(extract(epoch FROM min(at) - now()) * 1000)::float AS milliseconds FROM (
       SELECT min(wake_at) AS at FROM runner.jobs WHERE wake_at > now()
       UNION ALL SELECT min(next_at) FROM runner.crons WHERE next_at > now()
     ) AS next`,
  );
  return rows[0]?.milliseconds ?? null;
}
