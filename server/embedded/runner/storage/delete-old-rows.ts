import type pg from "pg";
import { RETENTION_PERIOD } from "@/server/embedded/runner/limits";

/** Deletes runs that ended, and events that were dispatched, longer ago than the retention period. */
export async function deleteOldRows(pool: pg.Pool): Promise<void> {
  await pool.query(`DELETE FROM runner.runs WHERE finished_at < now() - interval '${RETENTION_PERIOD}'`);
  await pool.query(`DELETE FROM runner.events WHERE dispatched_at < now() - interval '${RETENTION_PERIOD}'`);
}
