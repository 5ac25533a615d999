import type pg from "pg";
import type { Event } from "@/server/embedded/runner/storage/events";
import { valueAt } from "@/server/embedded/runner/protocol/expressions";
import type { Functions, Trigger } from "@/server/embedded/runner/protocol/functions";
import { cancelRuns, endRun, type Run, startRun } from "@/server/embedded/runner/storage/runs";
import { failure } from "@/server/embedded/runner/protocol/reply";
import { inTransaction } from "@/server/embedded/runner/storage/transaction";

const BATCH = 100;

/** Makes runs and cancellations of all events that wait, in the order in which they came. */
export async function dispatchEvents(leader: pg.Client, functions: Functions): Promise<void> {
  while ((await dispatchBatch(leader, functions)) === BATCH);
}

async function dispatchBatch(leader: pg.Client, functions: Functions): Promise<number> {
  return inTransaction(leader, async (tx) => {
    // The lock keeps a leader that does not know yet that it is none from dispatching the same events.
    const { rows } = await tx.query<{ seq: string; payload: Event }>(
      `SELECT seq, payload FROM runner.events WHERE dispatched_at IS NULL
       ORDER BY seq LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
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

/** Fails the open runs of functions that are gone: nothing could ever finish them. */
export async function failOrphans(leader: pg.Client, functions: Functions): Promise<void> {
  await inTransaction(leader, async (tx) => {
    const { rows } = await tx.query<Run>(
      `SELECT id, function_id AS "functionId", event FROM runner.runs
       WHERE status = 'open' AND function_id <> ALL($1) ORDER BY id FOR UPDATE`,
      [[...functions.keys()]],
    );
    for (const run of rows)
      await endRun(tx, run, { status: "failed", error: failure(`There is no function "${run.functionId}" any more.`) });
  });
}
