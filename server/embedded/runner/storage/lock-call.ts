import type { Claim } from "./jobs";
import type { Run } from "./runs";
import type { Queryable } from "./transaction";

/**
 * Locks the run of a call, or returns null if the call is stale: its run has ended, or another call has replaced it. The
 * run's row is always locked first, so of two calls that end at the same time, the second sees the results of the first.
 */
export async function lockCall(
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
