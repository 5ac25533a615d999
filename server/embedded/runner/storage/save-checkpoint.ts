import type pg from "pg";
import { serializedError, type StepResult } from "@/server/embedded/runner/protocol/reply";
import { lockCall } from "./lock-call";
import { endRun } from "./runs";
import { saveResults } from "./step-results";
import { transaction } from "./transaction";

/**
 * Saves the steps that a call has finished so far and returns whether the call may continue. It may not if it is stale
 * (then nothing is saved), if the run exceeds a limit, if the runner is stopping, or if earlier attempts failed: those
 * attempts belong to the step that has now finished, but the SDK would count them against the next step. A new call
 * starts without them.
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
    if (violation !== null) {
      await endRun(tx, locked.run, { status: "failed", error: serializedError(violation) });
      return false;
    }
    if (!locked.halted && locked.attempt === 0) return true;
    await tx.query("UPDATE runner.jobs SET call_id = NULL, attempt = 0 WHERE run_id = $1 AND step_id = ''", [runId]);
    return false;
  });
}
