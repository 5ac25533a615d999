import type pg from "pg";
import type { Logger } from "pino";
import { type Application, callFunction } from "@/server/embedded/runner/protocol/application";
import type { Functions, RunnableFunction } from "@/server/embedded/runner/protocol/functions";
import { insist } from "./retry-until";
import { failure, type Outcome, readReply, type StepResult } from "@/server/embedded/runner/protocol/reply";
import type { Run } from "@/server/embedded/runner/storage/runs";
import { type Claim, type Settlement, settle } from "@/server/embedded/runner/storage/commit-outcome";

/** What calls need, for as long as the process runs. */
export interface Surroundings {
  readonly application: Application;
  readonly functions: Functions;
  readonly pool: pg.Pool;
  readonly log: Logger;
  /** Milliseconds to wait after failure number `attempt`, from 1. */
  readonly backoff: (attempt: number) => number;
}

interface State {
  readonly run: Run;
  readonly steps: readonly StepResult[];
}

/** Makes one call and keeps what it came to, however long the database is away. Never rejects. */
export async function performCall(
  surroundings: Surroundings,
  fn: RunnableFunction,
  claim: Claim,
  abandoned: AbortSignal,
): Promise<void> {
  const { pool, backoff } = surroundings;
  const log = surroundings.log.child({ function: fn.id, run: claim.runId });
  try {
    const state = await insist(() => loadState(pool, claim.runId), abandoned, log);
    if (state === null) return;
    const outcome = await call(surroundings.application, fn, claim, state);
    const settlement = decide(outcome, fn, claim, backoff);
    const status = await insist(() => settle(pool, claim, settlement), abandoned, log);
    if (settlement.kind === "retry" && status === "open")
      log.warn({ err: settlement.error, after: settlement.after }, "attempt failed");
    if (status === "failed") log.error({ err: "error" in settlement ? settlement.error : undefined }, "run failed");
    if (status === "stale") log.info("run was ended, halted or taken over meanwhile");
    if (status === "completed") log.info("run completed");
  } catch (error) {
    log.warn({ err: error }, "call given up, it is made again after the next start");
  }
}

async function loadState(pool: pg.Pool, runId: string): Promise<State | null> {
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
  { run, steps }: State,
): Promise<Outcome> {
  if (claim.attempt >= fn.maxAttempts)
    return { kind: "failed", error: failure("The process ended during the last attempt.") };
  const body = {
    version: -1,
    event: run.event,
    events: [run.event],
    steps: Object.fromEntries(steps.map(({ id, result }) => [id, result])),
    ctx: {
      run_id: run.id,
      // With this and the call's id the SDK goes on from step to step and reports each as it ends (a checkpoint).
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
    .catch((error: unknown) => ({ kind: "retry", error: failure(String(error)), after: null }));
}

function decide(
  outcome: Outcome,
  fn: RunnableFunction,
  claim: Claim,
  backoff: (attempt: number) => number,
): Settlement {
  if (outcome.kind !== "retry") return outcome;
  const failures = claim.attempt + 1;
  if (failures >= fn.maxAttempts) return { kind: "failed", error: outcome.error };
  return { kind: "retry", error: outcome.error, after: outcome.after ?? backoff(failures) };
}
