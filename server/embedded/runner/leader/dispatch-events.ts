import type pg from "pg";
import { valueAt } from "@/server/embedded/runner/protocol/expressions";
import type { Functions, Trigger } from "@/server/embedded/runner/protocol/functions";
import { serializedError } from "@/server/embedded/runner/protocol/reply";
import type { Event } from "@/server/embedded/runner/storage/events";
import { cancelRuns, endRun, type Run, startRun } from "@/server/embedded/runner/storage/runs";
import { inTransaction } from "@/server/embedded/runner/storage/transaction";

const BATCH_SIZE = 100;

/** Starts and cancels runs for all events that wait, in the order in which they arrived. */
export async function dispatchEvents(connection: pg.Client, functions: Functions): Promise<void> {
  while ((await dispatchBatch(connection, functions)) === BATCH_SIZE);
}

async function dispatchBatch(connection: pg.Client, functions: Functions): Promise<number> {
  return inTransaction(connection, async (tx) => {
    // The row locks keep a former leader that has not noticed its loss from dispatching the same events.
    const { rows } = await tx.query<{ seq: string; payload: Event }>(
      `SELECT seq, payload FROM runner.events WHERE dispatched_at IS NULL
       ORDER BY seq LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED`,
    );
    if (rows.length === 0) return 0;
    for (const { payload: event } of rows) {
      for (const fn of functions.values()) {
        await cancelRuns(tx, fn, event);
        if (fn.triggers.some((trigger) => matches(trigger, event))) await startRun(tx, fn, event);
      }
    }
    await tx.query("UPDATE runner.events SET dispatched_at = now() WHERE seq = ANY($1)", [rows.map((row) => row.seq)]);
    return rows.length;
  });
}

function matches({ event: name, filter }: Trigger, event: Event): boolean {
  return name === event.name && (filter === null || valueAt(event, filter.path) === filter.value);
}

/** Fails the open runs of functions that no longer exist, because they could never finish. */
export async function failRunsOfRemovedFunctions(connection: pg.Client, functions: Functions): Promise<void> {
  await inTransaction(connection, async (tx) => {
    const { rows } = await tx.query<Run>(
      `SELECT id, function_id AS "functionId", event FROM runner.runs
       WHERE status = 'open' AND function_id <> ALL($1) ORDER BY id FOR UPDATE`,
      [[...functions.keys()]],
    );
    for (const run of rows) {
      const error = serializedError(`The function "${run.functionId}" no longer exists.`);
      await endRun(tx, run, { status: "failed", error });
    }
  });
}
