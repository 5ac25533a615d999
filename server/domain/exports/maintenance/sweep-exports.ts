import type { Services } from "@/server/kernel/services";
import { discardLeftovers, SETTLED_AFTER } from "@/server/domain/exports/writing/discard-leftovers";
import { inOrderOfId, inSpiteOfFailures } from "./run-all";
import { announceAgain, resumeLost } from "./resume-stalled-exports";

/** Leftovers are dropped at once as a rule; what is still there by then was left by a process that ended. */
const LEFT_AFTER = 60_000;
const BATCH = 100;

/**
 * Takes up what others have left lying: nothing stays pending for ever, and nothing stays stored but finished files.
 * @throws the first failure, after everything else has been seen to
 */
export async function sweepExports(services: Services): Promise<void> {
  await inSpiteOfFailures([announceAgain, resumeLost, dropLeftovers], (chore) => chore(services));
}

/**
 * Looks twice: when an export has just ended, and once more when nothing can come any more, since a process that has not
 * noticed the end may still store something, and die before it drops it again.
 */
async function dropLeftovers(services: Services): Promise<void> {
  const now = services.now().getTime();
  const [left, settled] = [LEFT_AFTER, SETTLED_AFTER].map((age) => new Date(now - age).toISOString());
  const due = inOrderOfId(BATCH, (after) =>
    services.db.query<{ id: string }>(
      `SELECT id FROM audit_log_export
       WHERE id > $1 AND (leftover_looks = 0 AND finished_at <= $2::timestamptz OR leftover_looks = 1 AND finished_at <= $3::timestamptz)
       ORDER BY id LIMIT ${BATCH}`,
      [after, left, settled],
    ),
  );
  await inSpiteOfFailures(due, ({ id }) => discardLeftovers(services, id));
}
