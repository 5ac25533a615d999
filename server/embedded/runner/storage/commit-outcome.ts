import type pg from "pg";
import { MAX_OUTPUT_BYTES, MAX_STATE_BYTES, MAX_STEPS } from "@/server/embedded/runner/limits";
import { failure, type Outcome, type Progress, type StepResult } from "@/server/embedded/runner/protocol/reply";
import { endRun, type Run, type RunEnd } from "./runs";
import { type Queryable, transaction } from "./transaction";

/** A job that a process has taken. */
export interface Claim {
  readonly callId: string;
  readonly runId: string;
  /** Empty when the function shall run on to where it has to wait. */
  readonly stepId: string;
  /** Attempts that failed before. */
  readonly attempt: number;
}

/** What becomes of an outcome: a failed attempt with none left has failed, any other is repeated `after` milliseconds. */
export type Settlement =
  | Exclude<Outcome, { kind: "retry" }>
  | { readonly kind: "retry"; readonly error: unknown; readonly after: number };

/**
 * Keeps what a call came to, together with what follows from it: all of it, or nothing when the process dies.
 * Answers how the run ended, "open", or "stale" when the call is no longer the run's own (cancelled, or taken
 * over by another process) and nothing was kept.
 */
export async function settle(
  pool: pg.Pool,
  claim: Claim,
  settlement: Settlement,
): Promise<RunEnd["status"] | "open" | "stale"> {
  return transaction(pool, async (tx) => {
    const locked = await lockCall(tx, claim);
    if (locked === null) return "stale";
    const end = await follow(tx, claim, settlement);
    if (end === null) return "open";
    await endRun(tx, locked.run, end);
    return end.status;
  });
}

/**
 * Keeps the steps that a call has finished so far. False when the call has to stop: it is stale (then nothing was kept),
 * over a limit, or halted; or attempts before it failed. They were at what is finished now, and the call would count
 * them against the step that follows: the next call starts anew.
 */
export async function saveCheckpoint(
  pool: pg.Pool,
  runId: string,
  callId: string,
  results: readonly StepResult[],
): Promise<boolean> {
  return transaction(pool, async (tx) => {
    const locked = await lockCall(tx, { runId, stepId: "", callId });
    if (locked === null) return false;
    const violation = await saveResults(tx, runId, results);
    if (violation !== null) await endRun(tx, locked.run, { status: "failed", error: failure(violation) });
    const goesOn = violation === null && !locked.halted && locked.attempt === 0;
    if (violation === null && !goesOn)
      await tx.query("UPDATE runner.jobs SET call_id = NULL, attempt = 0 WHERE run_id = $1 AND step_id = ''", [runId]);
    return goesOn;
  });
}

/** The run's row is locked first by everybody, so that of two calls that end together one sees the other's results. */
async function lockCall(
  tx: Queryable,
  { runId, stepId, callId }: Omit<Claim, "attempt">,
): Promise<{ run: Run; halted: boolean; attempt: number } | null> {
  const runs = await tx.query<Run>(
    `SELECT id, function_id AS "functionId", event FROM runner.runs WHERE id = $1 AND status = 'open' FOR UPDATE`,
    [runId],
  );
  const jobs = await tx.query<{ halted: boolean; attempt: number }>(
    "SELECT halted, attempt FROM runner.jobs WHERE run_id = $1 AND step_id = $2 AND call_id::text = $3",
    [runId, stepId, callId],
  );
  const [run, job] = [runs.rows[0], jobs.rows[0]];
  return run === undefined || job === undefined ? null : { run, ...job };
}

async function follow(tx: Queryable, claim: Claim, settlement: Settlement): Promise<RunEnd | null> {
  if (settlement.kind === "failed") return { status: "failed", error: settlement.error };
  if (settlement.kind === "completed") {
    if (size(settlement.output) <= MAX_OUTPUT_BYTES) return { status: "completed" };
    return { status: "failed", error: failure(`The function's result is larger than ${MAX_OUTPUT_BYTES} bytes.`) };
  }
  if (settlement.kind === "progress") return proceed(tx, claim, settlement);
  await tx.query(
    `UPDATE runner.jobs SET attempt = attempt + 1, call_id = NULL, wake_at = now() + $3 * interval '1 millisecond'
     WHERE run_id = $1 AND step_id = $2`,
    [claim.runId, claim.stepId, settlement.after],
  );
  return null;
}

async function proceed(tx: Queryable, claim: Claim, { results, planned, sleep }: Progress): Promise<RunEnd | null> {
  const runId = claim.runId;
  const violation = await saveResults(tx, runId, results);
  if (violation !== null) return { status: "failed", error: failure(violation) };
  await tx.query("DELETE FROM runner.jobs WHERE run_id = $1 AND step_id = $2", [runId, claim.stepId]);
  await tx.query(
    "INSERT INTO runner.jobs (run_id, step_id, wake_at) SELECT $1, unnest($2::text[]), now() ON CONFLICT DO NOTHING",
    [runId, planned],
  );
  // Parallel steps are waited for together, sleeps among them, as Promise.all does: the last one calls the function.
  await tx.query(
    `WITH run AS (
       UPDATE runner.runs SET resume_at = greatest(resume_at, now() + $2 * interval '1 millisecond') WHERE id = $1
       RETURNING id, resume_at
     )
     INSERT INTO runner.jobs (run_id, step_id, wake_at) SELECT id, '', resume_at FROM run
     WHERE NOT EXISTS (SELECT FROM runner.jobs WHERE run_id = $1)`,
    [runId, sleep],
  );
  return null;
}

/** The limit that the run is over with these results, or null when it is within all. A step's first result stays. */
async function saveResults(tx: Queryable, runId: string, results: readonly StepResult[]): Promise<string | null> {
  if (results.some(({ result }) => size(result) > MAX_OUTPUT_BYTES))
    return `A step's result is larger than ${MAX_OUTPUT_BYTES} bytes.`;
  await tx.query(
    `INSERT INTO runner.steps (run_id, step_id, result, bytes)
     SELECT $1, id, result, octet_length(result::text)
     FROM unnest($2::text[], $3::json[]) WITH ORDINALITY AS finished (id, result, position)
     ORDER BY position ON CONFLICT DO NOTHING`,
    [runId, results.map(({ id }) => id), results.map(({ result }) => JSON.stringify(result))],
  );
  const { rows } = await tx.query<{ steps: number; bytes: number }>(
    "SELECT count(*)::int AS steps, coalesce(sum(bytes), 0)::float AS bytes FROM runner.steps WHERE run_id = $1",
    [runId],
  );
  const [state] = rows;
  if (state !== undefined && state.steps > MAX_STEPS) return `The run has more than ${MAX_STEPS} steps.`;
  if (state !== undefined && state.bytes > MAX_STATE_BYTES)
    return `The run's steps hold more than ${MAX_STATE_BYTES} bytes.`;
  return null;
}

function size(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? "");
}
