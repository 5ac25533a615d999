import type { Services } from "@/server/kernel/services";
import { failExport } from "@/server/domain/exports/writing/complete-export";
import { inOrderOfId, inSpiteOfFailures } from "./run-all";
import { requestedEvent } from "@/server/domain/exports/request-export";

const MINUTE = 60_000;
/** An export whose work has not begun by then may never have been announced. */
const ANNOUNCE_AGAIN_AFTER = 2 * MINUTE;
/** Work notes each second that it goes on, and every retry of a step that failed comes sooner than this. */
const LOST_AFTER = 30 * MINUTE;
/** How often work that does not go on is announced anew before it is given up. */
const TRIES = 8;
const BATCH = 100;

/** How many exports are written at a time: one of an organization, and of all organizations so many. */
export const EXPORTS_AT_ONCE = 4;

/** Announces the exports whose first announcement may not have arrived. It is the same event: where it did, nothing happens. */
export async function announceAgain(services: Services): Promise<void> {
  const waiting = await services.db.query<{ id: string; organization: string }>(
    `SELECT x.id, o.id AS organization FROM audit_log_export x JOIN organization o ON o.pk = x.organization_pk
     WHERE x.state = 'pending' AND x.started_at IS NULL AND x.created_at < $1::timestamptz ORDER BY x.created_at LIMIT ${BATCH}`,
    [ago(services, ANNOUNCE_AGAIN_AFTER)],
  );
  if (waiting.length > 0) await services.send(waiting.map((row) => requestedEvent(row.id, row.organization)));
}

interface Lost {
  readonly id: string;
  readonly organization: string;
  /** How often it was announced anew since it last went on. */
  readonly tries: number;
}

/**
 * Announces anew what nobody is at, although there is room for it: its run is gone, as when the Inngest server lost it.
 * The new run goes on with the cut-off, the count and the upload that were noted. Should the old one appear again after
 * all, both write the same bytes, and the one that comes second finds the export finished. What does not go on
 * however often it is announced becomes an error with a reason.
 */
export async function resumeLost(services: Services): Promise<void> {
  const lost = inOrderOfId(BATCH, (after) =>
    services.db.query<Lost>(
      `WITH working AS (
         SELECT organization_pk FROM audit_log_export
         WHERE state = 'pending' AND started_at IS NOT NULL AND updated_at > $2::timestamptz
       )
       SELECT x.id, o.id AS organization, CASE WHEN x.resumed_at > x.updated_at THEN x.resume_tries ELSE 0 END AS tries
       FROM audit_log_export x JOIN organization o ON o.pk = x.organization_pk
       WHERE x.id > $1 AND x.state = 'pending' AND greatest(x.updated_at, x.resumed_at) <= $2::timestamptz
         AND (SELECT count(*) FROM working) < ${EXPORTS_AT_ONCE} AND x.organization_pk NOT IN (SELECT organization_pk FROM working)
       ORDER BY x.id LIMIT ${BATCH}`,
      [after, ago(services, LOST_AFTER)],
    ),
  );
  await inSpiteOfFailures(lost, (each) => resumeOrFail(services, each));
}

async function resumeOrFail(services: Services, { id, organization, tries }: Lost): Promise<void> {
  if (tries >= TRIES) {
    const hours = (TRIES * LOST_AFTER) / (60 * MINUTE);
    const message = `The work on the file stopped, and for ${hours} hours nothing took it up again. Run the export again.`;
    return failExport(services, id, { name: "DomainError", message });
  }
  const now = services.now().toISOString();
  const event = requestedEvent(id, organization);
  // Another id than before, which would be no news for a day.
  await services.send([{ ...event, id: `${event.id}:again:${now}` }]);
  services.log.warn({ exportId: id, tries: tries + 1 }, "an export that nobody worked on was announced anew");
  await services.db.query(
    "UPDATE audit_log_export SET resumed_at = $2::timestamptz, resume_tries = $3 WHERE id = $1 AND state = 'pending'",
    [id, now, tries + 1],
  );
}

function ago(services: Services, milliseconds: number): string {
  return new Date(services.now().getTime() - milliseconds).toISOString();
}
