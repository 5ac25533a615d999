import { internalEvents } from "inngest";
import type pg from "pg";
import { nextTick } from "@/server/embedded/runner/protocol/cron";
import type { Functions } from "@/server/embedded/runner/protocol/functions";
import { insertEvents } from "@/server/embedded/runner/storage/events";
import { inTransaction, type Queryable } from "@/server/embedded/runner/storage/transaction";

/** Makes the stored cron expressions match those of the functions. An expression that stays keeps its next tick. */
export async function syncCrons(connection: pg.Client, functions: Functions): Promise<void> {
  const expressions = new Set([...functions.values()].flatMap((fn) => fn.triggers.flatMap(({ cron }) => cron ?? [])));
  await inTransaction(connection, async (tx) => {
    await tx.query("DELETE FROM runner.crons WHERE expression <> ALL($1)", [[...expressions]]);
    const { rows } = await tx.query<{ now: Date }>("SELECT now() AS now");
    const now = rows[0]?.now ?? new Date();
    for (const expression of expressions) {
      await tx.query("INSERT INTO runner.crons (expression, next_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
        expression,
        nextTick(expression, now),
      ]);
    }
  });
}

interface StoredTick {
  readonly expression: string;
  readonly tick: Date;
  readonly now: Date;
}

/** Reads by the database's clock alone: it also decides when a job is due. */
const TICKS = "SELECT expression, next_at AS tick, now() AS now FROM runner.crons";

/**
 * Sends the event of each tick that is due, and brings forward each tick that is later than the next one from now on: it
 * was computed before the clock was set back. The event's ID contains the time of the tick, so that it is sent once. Of
 * several ticks that were missed while no runner was up, only the first is sent.
 * @returns whether a tick was brought forward
 */
export async function sendDueTicks(connection: pg.Client, known: KnownTicks): Promise<boolean> {
  const stored = await connection.query<StoredTick>(TICKS);
  const changed = stored.rows.filter(({ expression, tick, now }) => !known.isNext(expression, tick, now));
  if (changed.length === 0) return false;
  return inTransaction(connection, async (tx) => {
    const { rows } = await tx.query<StoredTick>(`${TICKS} WHERE expression = ANY($1) FOR UPDATE`, [
      changed.map(({ expression }) => expression),
    ]);
    for (const row of rows) await advance(tx, row);
    return rows.some(({ tick, now }) => tick > now);
  });
}

async function advance(tx: Queryable, { expression, tick, now }: StoredTick): Promise<void> {
  if (tick <= now) {
    await insertEvents(tx, [
      {
        id: `${expression} ${tick.toISOString()}`,
        name: internalEvents.ScheduledTimer,
        data: { cron: expression },
        ts: tick.getTime(),
      },
    ]);
  }
  await tx.query("UPDATE runner.crons SET next_at = $2 WHERE expression = $1", [expression, nextTick(expression, now)]);
}

/** Keeps the next tick of each expression: computing all of them whenever the leader wakes up would take milliseconds. */
export class KnownTicks {
  readonly #ticks = new Map<string, { readonly from: Date; readonly next: Date | null }>();

  /** Whether `tick` is the first tick after `now`. */
  isNext(expression: string, tick: Date, now: Date): boolean {
    let known = this.#ticks.get(expression);
    if (known === undefined || now < known.from || (known.next !== null && now >= known.next)) {
      known = { from: now, next: nextTick(expression, now) };
      this.#ticks.set(expression, known);
    }
    return known.next?.getTime() === tick.getTime();
  }
}
