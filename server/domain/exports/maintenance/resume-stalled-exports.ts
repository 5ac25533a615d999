import { markResumed } from "@/server/domain/exports/export-store";
import { requestedEvent } from "@/server/domain/exports/request-export";
import { MAX_RESUMES, PARALLEL_EXPORTS, RESEND_AFTER, STALLED_AFTER } from "@/server/domain/exports/schedule";
import { failExport } from "@/server/domain/exports/writing/fail-export";
import type { Services } from "@/server/kernel/services";
import { inOrderOfId, runAll } from "./run-all";

const BATCH = 100;

/** Sends the event of queued exports again, which may be lost. It has the same ID: if it was not lost, nothing happens. */
export async function resendRequests(services: Services): Promise<void> {
  const queued = await services.db.query<{ id: string; organization: string }>(
    `SELECT x.id, o.id AS organization FROM audit_log_export x JOIN organization o ON o.pk = x.organization_pk
     WHERE x.state = 'pending' AND x.started_at IS NULL AND x.created_at < $1::timestamptz ORDER BY x.created_at LIMIT ${BATCH}`,
    [ago(services, RESEND_AFTER)],
  );
  if (queued.length > 0) await services.send(queued.map((row) => requestedEvent(row.id, row.organization)));
}

interface StalledExport {
  readonly id: string;
  readonly organization: string;
  /** How often it was resumed since its last heartbeat. */
  readonly resumes: number;
}

/**
 * Resumes the exports whose heartbeats have stopped although there is room for them: their runs are lost, for example
 * because an Inngest server lost its data. The new run continues with the saved cut-off, count and upload. If the old run
 * appears again after all, both write the same bytes, and the second one finds the export finished. An export that makes
 * no progress however often it is resumed fails.
 */
export async function resumeStalledExports(services: Services): Promise<void> {
  const stalled = inOrderOfId(BATCH, (after) =>
    services.db.query<StalledExport>(
      `WITH working AS (
         SELECT organization_pk FROM audit_log_export
         WHERE state = 'pending' AND started_at IS NOT NULL AND updated_at > $2::timestamptz
       )
       SELECT x.id, o.id AS organization, CASE WHEN x.resumed_at > x.updated_at THEN x.resume_tries ELSE 0 END AS resumes
       FROM audit_log_export x JOIN organization o ON o.pk = x.organization_pk
       WHERE x.id > $1 AND x.state = 'pending' AND greatest(x.updated_at, x.resumed_at) <= $2::timestamptz
         AND (SELECT count(*) FROM working) < ${PARALLEL_EXPORTS} AND x.organization_pk NOT IN (SELECT organization_pk FROM working)
       ORDER BY x.id LIMIT ${BATCH}`,
      [after, ago(services, STALLED_AFTER)],
    ),
  );
  await runAll(stalled, (each) => resumeOrFail(services, each));
}

async function resumeOrFail(services: Services, { id, organization, resumes }: StalledExport): Promise<void> {
  if (resumes >= MAX_RESUMES) {
    const hours = (MAX_RESUMES * STALLED_AFTER) / 3_600_000;
    const message = `The export stopped and could not be resumed for ${hours} hours. Export again.`;
    return failExport(services, id, { name: "DomainError", message });
  }
  const now = services.now();
  const event = requestedEvent(id, organization);
  // Needs a new ID: Inngest ignores a known one for 24 hours.
  await services.send([{ ...event, id: `${event.id}:again:${now.toISOString()}` }]);
  services.log.warn({ exportId: id, resumes: resumes + 1 }, "re-queued a stalled export");
  await markResumed(services, id, now, resumes + 1);
}

function ago(services: Services, milliseconds: number): string {
  return new Date(services.now().getTime() - milliseconds).toISOString();
}
