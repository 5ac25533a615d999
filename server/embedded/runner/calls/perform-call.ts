import type pg from "pg";
import { type Application, callFunction } from "@/server/embedded/runner/protocol/application";
import type { RunnableFunction } from "@/server/embedded/runner/protocol/functions";
import { type Outcome, readReply, serializedError, type StepResult } from "@/server/embedded/runner/protocol/reply";
import { commitOutcome, type ResolvedOutcome } from "@/server/embedded/runner/storage/commit-outcome";
import type { Claim } from "@/server/embedded/runner/storage/jobs";
import type { Run } from "@/server/embedded/runner/storage/runs";
import type { CallContext } from "./call-context";
import { retryUntil } from "./retry-until";

interface RunState {
  readonly run: Run;
  readonly steps: readonly StepResult[];
}

/** Makes one call and commits its outcome, however long the database is unavailable. Never rejects. */
export async function performCall(
  context: CallContext,
  fn: RunnableFunction,
  claim: Claim,
  abandoned: AbortSignal,
): Promise<void> {
  const { pool, backoff } = context;
  const log = context.log.child({ function: fn.id, run: claim.runId });
  try {
    const state = await retryUntil(abandoned, () => loadState(pool, claim.runId), log);
    if (state === null) return;
    const outcome = resolve(await call(context.application, fn, claim, state), fn, claim, backoff);
    const status = await retryUntil(abandoned, () => commitOutcome(pool, claim, outcome), log);
    if (outcome.kind === "retry" && status === "open")
      log.warn({ err: outcome.error, after: outcome.after }, "attempt failed");
    if (status === "failed") log.error({ err: "error" in outcome ? outcome.error : undefined }, "run failed");
    if (status === "stale") log.info("call discarded: the run was ended, halted or taken over");
    if (status === "completed") log.info("run completed");
  } catch (error) {
    log.warn({ err: error }, "call abandoned, the next start repeats it");
  }
}

async function loadState(pool: pg.Pool, runId: string): Promise<RunState | null> {
  const runs = await pool.query<Run>(
    `SELECT id, function_id AS "functionId", event FROM runner.runs WHERE id = $1 AND status = 'open'`,
    [runId],
  );
  const steps = await pool.query<StepResult>(
    "SELECT step_id AS id, result FROM runner.steps WHERE run_id = $1 ORDER BY seq",
    [runId],
  );
  const [run] = runs.rows;
  return run === undefined ? null : { run, steps: steps.rows };
}

async function call(
  application: Application,
  fn: RunnableFunction,
  claim: Claim,
  { run, steps }: RunState,
): Promise<Outcome> {
  if (claim.attempt >= fn.maxAttempts)
    return { kind: "failed", error: serializedError("The process ended during the last attempt.") };
  const body = {
    version: -1,
    event: run.event,
    events: [run.event],
    steps: Object.fromEntries(steps.map(({ id, result }) => [id, result])),
    ctx: {
      run_id: run.id,
      // Given this and the ID of the call, the SDK continues from step to step and reports each one in a checkpoint.
      fn_id: fn.id,
      qi_id: claim.callId,
      attempt: claim.attempt,
      max_attempts: fn.maxAttempts,
      disable_immediate_execution: false,
      use_api: false,
      stack: { stack: steps.map(({ id }) => id), current: steps.length },
    },
  };
  return callFunction(application, fn.id, claim.stepId, body)
    .then(readReply)
    .catch((error: unknown) => ({ kind: "retry", error: serializedError(String(error)), after: null }));
}

/** Turns a failed attempt into a failed run if none are left, and otherwise decides when the next attempt starts. */
function resolve(
  outcome: Outcome,
  fn: RunnableFunction,
  claim: Claim,
  backoff: (attempt: number) => number,
): ResolvedOutcome {
  if (outcome.kind !== "retry") return outcome;
  const failures = claim.attempt + 1;
  if (failures >= fn.maxAttempts) return { kind: "failed", error: outcome.error };
  return { kind: "retry", error: outcome.error, after: outcome.after ?? backoff(failures) };
}
