import type pg from "pg";
import { KEPT } from "@/server/embedded/runner/limits";

/** Removes runs that ended, and events that were handled, more than seven days ago. */
export async function cleanUp(pool: pg.Pool): Promise<void> {
  await pool.query(`DELETE FROM runner.runs WHERE finished_at < now() - interval '${KEPT}'`);
  await pool.query(`DELETE FROM runner.events WHERE dispatched_at < now() - interval '${KEPT}'`);
}
