import type { Services } from "@/server/services";
import { discardLeftovers } from "./discard-leftovers";
import { failExport } from "./finish-export";
import { requestedEvent } from "./request-export";

const MINUTE = 60_000;
/** An export whose work has not begun by then may never have been announced. */
const ANNOUNCE_AGAIN_AFTER = 2 * MINUTE;
/** An export without progress for so long has lost its worker for good: every retry comes sooner. */
const LOST_AFTER = 24 * 60 * MINUTE;
/** Leftovers are dropped at once as a rule; what is still there by then was left by a process that ended. */
const LEFT_AFTER = MINUTE;
const BATCH = 100;

/** Takes up what others have left lying: nothing stays pending for ever, and nothing of a failed export stays stored. */
export async function sweepExports(services: Services): Promise<void> {
  const waiting = await services.db.query<{ id: string; organization: string }>(
    `SELECT x.id, o.id AS organization FROM audit_log_export x JOIN organization o ON o.pk = x.organization_pk
     WHERE x.state = 'pending' AND x.started_at IS NULL AND x.created_at < $1::timestamptz ORDER BY x.created_at LIMIT ${BATCH}`,
    [ago(services, ANNOUNCE_AGAIN_AFTER)],
  );
  if (waiting.length > 0) await services.send(waiting.map((row) => requestedEvent(row.id, row.organization)));

  const lost = await services.db.query<{ id: string }>(
    `SELECT id FROM audit_log_export
     WHERE state = 'pending' AND started_at IS NOT NULL AND updated_at < $1::timestamptz LIMIT ${BATCH}`,
    [ago(services, LOST_AFTER)],
  );
  const reason = {
    name: "DomainError",
    message: "The work on the file stopped more than a day ago and was not taken up again. Run the export again.",
  };
  for (const { id } of lost) await failExport(services, id, reason);

  const left = await services.db.query<{ id: string }>(
    `SELECT id FROM audit_log_export
     WHERE state = 'error' AND upload_id IS NOT NULL AND finished_at < $1::timestamptz LIMIT ${BATCH}`,
    [ago(services, LEFT_AFTER)],
  );
  for (const { id } of left) await discardLeftovers(services, id);
}

function ago(services: Services, milliseconds: number): string {
  return new Date(services.now().getTime() - milliseconds).toISOString();
}
