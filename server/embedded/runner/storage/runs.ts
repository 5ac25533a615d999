// A run is one execution of a function for one event.
//
//   OPEN        has at least one job (storage/jobs.ts). The function returns: → COMPLETED.
//               Attempts are used up, a limit is exceeded, or the function no longer exists: → FAILED.
//               An event matches its cancelOn: → CANCELED, even while a step is running.
//   COMPLETED   final.
//   FAILED      final. Sends inngest/function.failed, which starts the function's onFailure.
//   CANCELED    final. Sends inngest/function.cancelled.
import { internalEvents } from "inngest";
import { ulid } from "ulid";
import { DEDUPLICATION_PERIOD } from "@/server/embedded/runner/limits";
import { valueAt } from "@/server/embedded/runner/protocol/expressions";
import type { RunnableFunction } from "@/server/embedded/runner/protocol/functions";
import { serializedError } from "@/server/embedded/runner/protocol/reply";
import { type Event, insertEvents } from "./events";
import type { Queryable } from "./transaction";

export interface Run {
  readonly id: string;
  readonly functionId: string;
  readonly event: Event;
}

export type RunEnd =
  | { readonly status: "completed" }
  | { readonly status: "failed"; readonly error: unknown }
  | { readonly status: "cancelled" };

/** Starts `fn` for an event, unless it already started for an event with this ID within the last 24 hours. */
export async function startRun(tx: Queryable, fn: RunnableFunction, event: Event): Promise<void> {
  const slots = fn.concurrency.map(({ key }, index) =>
    JSON.stringify([fn.id, index, key === null ? null : valueAt(event, key)]),
  );
  const cancelKeys = fn.cancelOn.flatMap((entry) => cancelKey(entry.event, valueAt(event, entry.path)) ?? []);
  await tx.query(
    `WITH run AS (
       INSERT INTO runner.runs (id, function_id, event_id, event, slots, cancel_keys, started_at, resume_at, resume_set_at)
       SELECT $1, $2, $3, $4, $5, $6, now(), now(), now()
       WHERE NOT EXISTS (
         SELECT FROM runner.runs
         WHERE function_id = $2 AND event_id = $3 AND started_at > now() - interval '${DEDUPLICATION_PERIOD}'
       )
       RETURNING id
     )
     INSERT INTO runner.jobs (run_id, step_id, wake_at, scheduled_at) SELECT id, '', now(), now() FROM run`,
    [ulid(), fn.id, event.id, JSON.stringify(event), slots, cancelKeys],
  );
}

/** Cancels the open runs of `fn` that match `event`. A step that is running ends first, but its result is discarded. */
export async function cancelRuns(tx: Queryable, fn: RunnableFunction, event: Event): Promise<void> {
  const keys = fn.cancelOn.flatMap((entry) =>
    entry.event === event.name ? (cancelKey(event.name, valueAt(event, entry.path)) ?? []) : [],
  );
  if (keys.length === 0) return;
  const { rows } = await tx.query<Run>(
    `SELECT id, function_id AS "functionId", event FROM runner.runs
     WHERE function_id = $1 AND status = 'open' AND cancel_keys && $2 ORDER BY id FOR UPDATE`,
    [fn.id, keys],
  );
  for (const run of rows) await endRun(tx, run, { status: "cancelled" });
}

/** Ends an open run, whose row the caller has locked, and sends the event that other functions may be triggered by. */
export async function endRun(tx: Queryable, run: Run, end: RunEnd): Promise<void> {
  await tx.query("DELETE FROM runner.jobs WHERE run_id = $1", [run.id]);
  await tx.query("UPDATE runner.runs SET status = $2, finished_at = now() WHERE id = $1", [run.id, end.status]);
  if (end.status === "completed") return;
  const name = end.status === "failed" ? internalEvents.FunctionFailed : internalEvents.FunctionCancelled;
  const error = end.status === "failed" ? end.error : serializedError("function cancelled");
  const data = { function_id: run.functionId, run_id: run.id, error, event: run.event, events: [run.event] };
  await insertEvents(tx, [{ id: run.id, name, data, ts: Date.now() }]);
}

/** Returns null if the event has no value to compare. Such a run cannot be canceled by it. */
function cancelKey(event: string, value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify([event, value]);
}
