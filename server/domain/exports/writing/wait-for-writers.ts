import { setTimeout as pause } from "node:timers/promises";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";

/** Milliseconds between two looks at the writers. */
const PAUSE = 50;
/** Milliseconds after which the wait is given up, to be taken up again by a retry. */
const PATIENCE = 20_000;

/** Every transaction that has written to the log, or begun to: whoever inserts into a table locks it before all else. */
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
  /** Null where this role may not see it. */
  readonly since: Date | null;
}

/**
 * Waits until every row that was received before this call is visible, or never will be.
 *
 * A row's received_at is the clock at the moment when it is stored (the column's default), and whoever stores a row locks
 * the table before that moment and until its transaction is visible to all. So a row with an earlier received_at is
 * visible already, or belongs to a transaction that holds the lock now; one that takes the lock later gives its rows later
 * moments, however long ago it began. It is enough to see who holds the lock once, and to wait until these have ended:
 * of whichever role, and prepared ones too. Who reads, for however long, holds another lock, and nobody has to wait.
 * @throws DomainError `unavailable` while one of them stays open; the signal's reason once it is aborted
 */
export async function everyWriterHasEnded({ db }: Services, signal: AbortSignal): Promise<void> {
  const until = performance.now() + PATIENCE;
  let open = await db.query<Writer>(WRITERS, []);
  while (open.length > 0) {
    const [first] = open;
    if (performance.now() >= until) throw new DomainError("unavailable", refusal(first));
    await pause(PAUSE, undefined, { signal });
    const now = new Set((await db.query<Writer>(WRITERS, [])).map(({ transaction }) => transaction));
    open = open.filter(({ transaction }) => now.has(transaction));
  }
}

function refusal(writer: Writer | undefined): string {
  const process = writer?.pid ? ` in the server's process ${writer.pid}` : "";
  const since = writer?.since ? ` since ${writer.since.toISOString()}` : "";
  return `A database transaction${process} has been storing events${since} and has not ended. End it, then run the export again.`;
}
