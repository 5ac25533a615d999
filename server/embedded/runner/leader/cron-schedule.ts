import { internalEvents } from "inngest";
import type pg from "pg";
import { nextTick } from "@/server/embedded/runner/protocol/cron";
import type { Functions } from "@/server/embedded/runner/protocol/functions";
import { insertEvents } from "@/server/embedded/runner/storage/events";
import { inTransaction } from "@/server/embedded/runner/storage/transaction";

/** Makes the stored cron expressions match those of the functions. An expression that stays keeps its next tick. */
export async function syncCrons(connection: pg.Client, functions: Functions): Promise<void> {
  const expressions = new Set([...functions.values()].flatMap((fn) => fn.triggers.flatMap(({ cron }) => cron ?? [])));
  await inTransaction(connection, async (tx) => {
    await tx.query("DELETE FROM runner.crons WHERE expression <> ALL($1)", [[...expressions]]);
    for (const expression of expressions) {
      await tx.query("INSERT INTO runner.crons (expression, next_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
        expression,
        nextTick(expression, new Date()),
      ]);
    }
  });
}

/**
 * Sends the event of each tick that is due. The event's ID contains the time of the tick, so that it is sent once. Of
 * several ticks that were missed while no runner was up, only the first is sent.
 */
export async function sendDueTicks(connection: pg.Client): Promise<void> {
  await inTransaction(connection, async (tx) => {
    const { rows } = await tx.query<{ expression: string; tick: Date; now: Date }>(
      "SELECT expression, next_at AS tick, now() AS now FROM runner.crons WHERE next_at <= now() FOR UPDATE",
    );
    for (const { expression, tick, now } of rows) {
      await insertEvents(tx, [
        {
          id: `${expression} ${tick.toISOString()}`,
          name: internalEvents.ScheduledTimer,
          data: { cron: expression },
          ts: tick.getTime(),
        },
      ]);
      await tx.query("UPDATE runner.crons SET next_at = $2 WHERE expression = $1", [
        expression,
        nextTick(expression, now),
      ]);
    }
  });
}
