import { setTimeout as pause } from "node:timers/promises";
import { WRITER_POLL_INTERVAL, WRITER_TIMEOUT } from "@/server/domain/exports/schedule";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";

/** Selects every transaction that may have inserted into the log: PostgreSQL locks a table before the first insert. */
const WRITERS = `
SELECT l.virtualtransaction AS transaction, min(l.pid) AS pid, min(a.xact_start) AS since
FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'relation' AND l.mode = 'RowExclusiveLock' AND l.granted
  AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
  AND (l.relation = 'log.event'::regclass
    OR l.relation IN (SELECT i.inhrelid FROM pg_inherits i WHERE i.inhparent = 'log.event'::regclass))
GROUP BY 1`;

interface Writer {
  readonly transaction: string;
  readonly pid: number | null;
  /** Null if Trailport's database role may not see it. */
  readonly since: Date | null;
}

/**
 * Waits until every row that was received before this call is visible, or its transaction was rolled back.
 *
 * A row's received_at is the time at which it is stored (the column's default). Its transaction locks the table before
 * that time and keeps the lock until the row is visible to all. So a row with an earlier received_at is either visible
 * already, or its transaction holds the lock now; a transaction that takes the lock later gives its rows later times,
 * however long ago it began. It is therefore enough to read the holders of the lock once and to wait until these have
 * ended, whichever role they belong to, prepared transactions included. Transactions that only read take another lock,
 * so exports do not wait for them.
 * @throws DomainError `unavailable` if one of them is still open after WRITER_TIMEOUT; the signal's reason if aborted
 */
export async function waitForWriters({ db }: Services, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + WRITER_TIMEOUT;
  let open = await db.query<Writer>(WRITERS, []);
  while (open.length > 0) {
    const [first] = open;
    if (performance.now() >= deadline) throw new DomainError("unavailable", stillOpen(first));
    await pause(WRITER_POLL_INTERVAL, undefined, { signal });
    const now = new Set((await db.query<Writer>(WRITERS, [])).map(({ transaction }) => transaction));
    open = open.filter(({ transaction }) => now.has(transaction));
  }
}

function stillOpen(writer: Writer | undefined): string {
  const process = writer?.pid ? ` (PostgreSQL process ${writer.pid})` : "";
  const since = writer?.since ? ` since ${writer.since.toISOString()}` : "";
  return `A database transaction${process} has been storing events${since} and is still open. End it, then export again.`;
}
