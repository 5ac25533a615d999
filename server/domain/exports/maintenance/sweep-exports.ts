import { LATE_LEFTOVERS_AFTER, LEFTOVERS_AFTER } from "@/server/domain/exports/schedule";
import { deleteLeftovers } from "@/server/domain/exports/writing/delete-leftovers";
import type { Services } from "@/server/kernel/services";
import { resendRequests, resumeStalledExports } from "./resume-stalled-exports";
import { inOrderOfId, runAll } from "./run-all";

const BATCH = 100;

/**
 * Repairs what crashed processes leave behind: no export stays pending forever, and nothing stays stored but finished
 * files.
 * @throws the first failure, after everything else
 */
export async function sweepExports(services: Services): Promise<void> {
  await runAll([resendRequests, resumeStalledExports, sweepLeftovers], (task) => task(services));
}

/**
 * Deletes the leftovers of ended exports twice: soon after the end, and again hours later, because a process that notices
 * the end late may still store something and then crash.
 */
async function sweepLeftovers(services: Services): Promise<void> {
  const now = services.now().getTime();
  const [soon, late] = [LEFTOVERS_AFTER, LATE_LEFTOVERS_AFTER].map((age) => new Date(now - age).toISOString());
  const due = inOrderOfId(BATCH, (after) =>
    services.db.query<{ id: string }>(
      `SELECT id FROM audit_log_export
       WHERE id > $1 AND (leftover_looks = 0 AND finished_at <= $2::timestamptz OR leftover_looks = 1 AND finished_at <= $3::timestamptz)
       ORDER BY id LIMIT ${BATCH}`,
      [after, soon, late],
    ),
  );
  await runAll(due, ({ id }) => deleteLeftovers(services, id));
}
