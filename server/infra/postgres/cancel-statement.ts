import type pg from "pg";

/** Ends what another session of the server is at, by its process's id, if it still is; one that is at nothing notices nothing. */
export async function cancelStatement(pool: pg.Pool, pid: number | undefined): Promise<void> {
  await pool.query("SELECT pg_cancel_backend($1)", [pid]).catch(() => undefined);
}
