import { markResumed } from "@/server/domain/exports/export-store";
import { requestedEvent } from "@/server/domain/exports/request-export";
import {
  MAX_RESUME_INTERVAL,
  MAX_RESUMES,
  PARALLEL_EXPORTS,
  RESEND_AFTER,
  RESUME_INTERVAL,
  STALLED_AFTER,
  WAITING_STALLED_AFTER,
} from "@/server/domain/exports/schedule";
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
  /** When it was last resumed. */
  readonly last: Date | null;
  /** How often it was resumed since its last heartbeat. */
  readonly resumes: number;
}

/** The hours after which resuming ends, for the message. */
const RESUME_HOURS = Math.floor(
  Array.from({ length: MAX_RESUMES }, (_, index) => resumeInterval(index + 1)).reduce((sum, each) => sum + each, 0) /
    3_600_000,
);

function resumeInterval(resumes: number): number {
  return Math.min(MAX_RESUME_INTERVAL, RESUME_INTERVAL * 2 ** (resumes - 1));
}

/** Whether heartbeats of the export `x` are expected, but the last one is too old. `$2` is now. */
const IS_STALLED = `x.updated_at <= $2::timestamptz - CASE WHEN x.started_at IS NULL OR x.step_failed
  THEN interval '${WAITING_STALLED_AFTER} milliseconds' ELSE interval '${STALLED_AFTER} milliseconds' END`;

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
         SELECT x.organization_pk FROM audit_log_export x
         WHERE x.state = 'pending' AND x.started_at IS NOT NULL AND NOT (${IS_STALLED})
       )
       SELECT x.id, o.id AS organization, x.resumed_at AS last,
         CASE WHEN x.resumed_at > x.updated_at THEN x.resume_tries ELSE 0 END AS resumes
       FROM audit_log_export x JOIN organization o ON o.pk = x.organization_pk
       WHERE x.id > $1 AND x.state = 'pending' AND ${IS_STALLED}
         AND (SELECT count(*) FROM working) < ${PARALLEL_EXPORTS} AND x.organization_pk NOT IN (SELECT organization_pk FROM working)
       ORDER BY x.id LIMIT ${BATCH}`,
      [after, ago(services, 0)],
    ),
  );
  await runAll(stalled, (each) => resumeOrFail(services, each));
}

async function resumeOrFail(services: Services, { id, organization, last, resumes }: StalledExport): Promise<void> {
  const at = services.now();
  if (resumes > 0 && last !== null && at.getTime() < last.getTime() + resumeInterval(resumes)) return;
  if (resumes >= MAX_RESUMES) {
    const message = `The export stopped and could not be resumed for ${RESUME_HOURS} hours. Export again.`;
    return failExport(services, id, { name: "DomainError", message });
  }
  if (!(await markResumed(services, id, { at, last, resumes: resumes + 1 }))) return;
  const event = requestedEvent(id, organization);
  // Needs a new ID: Inngest ignores a known one for 24 hours.
  await services.send([{ ...event, id: `${event.id}:again:${at.toISOString()}` }]);
  services.log.warn({ exportId: id, resumes: resumes + 1 }, "re-queued a stalled export");
}

function ago(services: Services, milliseconds: number): string {
  return new Date(services.now().getTime() - milliseconds).toISOString();
}
