import type pg from "pg";

/** Cancels the statement that the server process `pid` is running. Does nothing if the process is idle or has ended. */
export async function cancelStatement(pool: pg.Pool, pid: number | undefined): Promise<void> {
  await pool.query("SELECT pg_cancel_backend($1)", [pid]).catch(() => undefined);
}
