import type pg from "pg";
import { MAX_OUTPUT_BYTES } from "@/server/embedded/runner/limits";
import { type Outcome, type Progress, serializedError } from "@/server/embedded/runner/protocol/reply";
import type { Claim } from "./jobs";
import { lockCall } from "./lock-call";
import { endRun, type RunEnd } from "./runs";
import { jsonBytes, saveResults } from "./step-results";
import { type Queryable, transaction } from "./transaction";

/** An outcome for which it is decided whether there is another attempt and after which delay (`after`, ms). */
export type ResolvedOutcome =
  | Exclude<Outcome, { kind: "retry" }>
  | { readonly kind: "retry"; readonly error: unknown; readonly after: number };

/**
 * Commits the outcome of a call together with everything that follows from it, in one transaction: a process that dies
 * leaves all of it or nothing. Returns how the run ended, "open" if it continues, or "stale" if nothing was saved
 * because the call no longer owns its job (the run was canceled, or another process took it over).
 */
export async function commitOutcome(
  pool: pg.Pool,
  claim: Claim,
  outcome: ResolvedOutcome,
): Promise<RunEnd["status"] | "open" | "stale"> {
  return transaction(pool, async (tx) => {
    const locked = await lockCall(tx, claim);
    if (locked === null) return "stale";
    const end = await apply(tx, claim, outcome);
    if (end === null) return "open";
    await endRun(tx, locked.run, end);
    return end.status;
  });
}

/** Returns how the run ends, or null if it continues. */
async function apply(tx: Queryable, claim: Claim, outcome: ResolvedOutcome): Promise<RunEnd | null> {
  if (outcome.kind === "failed") return { status: "failed", error: outcome.error };
  if (outcome.kind === "completed") {
    if (jsonBytes(outcome.output) <= MAX_OUTPUT_BYTES) return { status: "completed" };
    return {
      status: "failed",
      error: serializedError(`The function's result is larger than ${MAX_OUTPUT_BYTES} bytes.`),
    };
  }
  if (outcome.kind === "progress") return applyProgress(tx, claim, outcome);
  await tx.query(
    `UPDATE runner.jobs SET attempt = attempt + 1, call_id = NULL, scheduled_at = now(),
       wake_at = now() + $3 * interval '1 millisecond'
     WHERE run_id = $1 AND step_id = $2`,
    [claim.runId, claim.stepId, outcome.after],
  );
  return null;
}

async function applyProgress(
  tx: Queryable,
  { runId, stepId }: Claim,
  { results, planned, sleep }: Progress,
): Promise<RunEnd | null> {
  const violation = await saveResults(tx, runId, results);
  if (violation !== null) return { status: "failed", error: serializedError(violation) };
  await tx.query("DELETE FROM runner.jobs WHERE run_id = $1 AND step_id = $2", [runId, stepId]);
  await tx.query(
    `INSERT INTO runner.jobs (run_id, step_id, wake_at, scheduled_at) SELECT $1, unnest($2::text[]), now(), now()
     ON CONFLICT DO NOTHING`,
    [runId, planned],
  );
  // Parallel steps, sleeps included, are awaited together, as Promise.all does: the last one to end calls the function.
  await tx.query(
    `WITH run AS (
       UPDATE runner.runs SET resume_at = greatest(resume_at, now() + $2 * interval '1 millisecond'),
         resume_set_at = CASE WHEN resume_at > now() + $2 * interval '1 millisecond' THEN resume_set_at ELSE now() END
       WHERE id = $1 RETURNING id, resume_at, coalesce(resume_set_at, started_at) AS set_at
     )
     INSERT INTO runner.jobs (run_id, step_id, wake_at, scheduled_at) SELECT id, '', resume_at, set_at FROM run
     WHERE NOT EXISTS (SELECT FROM runner.jobs WHERE run_id = $1)`,
    [runId, sleep],
  );
  return null;
}
