// The leader's session holds the lock, but it outlives its process: a process may be frozen, and a machine that vanishes
// closes no connection. So the leader also renews a row, and a runner that waits takes over when the row stays the same.
import { randomUUID } from "node:crypto";
import type { Queryable } from "@/server/embedded/runner/storage/transaction";

/** The key of the leader's advisory lock, as an SQL expression. */
export const LOCK_KEY = "hashtextextended('trailport runner', 0)";

/** One leadership. Statements that claim work check that it has not ended. */
export interface Lease {
  readonly holder: string;
}

/** Watches the lease by this process's monotonic clock: the clocks of the database and of other hosts may be changed. */
export class LeaseWatch {
  readonly #duration: number;
  #lease: string | null = null;
  #since = 0;

  /** @param duration milliseconds after which a lease that stays the same counts as silent */
  constructor(duration: number) {
    this.#duration = duration;
  }

  /** Returns whether the lease has been the same for too long. */
  isSilent(lease: string): boolean {
    const now = performance.now();
    if (lease !== this.#lease) {
      this.#lease = lease;
      this.#since = now;
    }
    return now - this.#since > this.#duration;
  }
}

/** Ends the lease of whichever runner led before, and begins a new one. Only the holder of the lock may call this. */
export async function beginLease(db: Queryable): Promise<Lease> {
  const lease = { holder: randomUUID() };
  await db.query(
    `INSERT INTO runner.leader (holder) VALUES ($1)
     ON CONFLICT (only_one) DO UPDATE SET holder = excluded.holder, beats = leader.beats + 1`,
    [lease.holder],
  );
  return lease;
}

/** Renews the lease and returns whether it is still held. */
export async function renewLease(db: Queryable, { holder }: Lease): Promise<boolean> {
  const { rowCount } = await db.query("UPDATE runner.leader SET beats = beats + 1 WHERE holder = $1", [holder]);
  return rowCount === 1;
}

/** Ends the session that holds the lock, and with it the leadership of a runner that could not do so itself. */
export async function endSilentLeader(db: Queryable): Promise<void> {
  await db.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks
     WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND pid <> pg_backend_pid()
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND (classid::bigint << 32) | objid::bigint = ${LOCK_KEY}`,
  );
}
