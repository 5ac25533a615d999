import type { Prisma } from "@/prisma/generated/client";
import type { ExportRequest } from "@/schemas/exports/export";
import { newId } from "@/server/kernel/ids";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { exportInclude, type ExportRow } from "./export-row";
import { visibleTo } from "./read-exports";
import { LATE_LEFTOVERS_AFTER } from "./schedule";

/*
 * Every write to the table audit_log_export is in this file. The column `state` is pending, ready or error; started_at and
 * file_deleted_at divide these further:
 *
 *      createExport
 *           │
 *           ▼   startExport               markReady               markFileDeleted
 *   pending,  ──────────────▶ pending,  ─────────────▶ ready, file ─────────────────▶ ready, file
 *    queued                    started                  stored                         deleted
 *       │                       │  ▲ │
 *       │                       │  └─┘ saveUpload, saveProgress, saveHeartbeat, saveFailedStep, markResumed
 *       │                       │
 *       └───────────────────────┴─▶ error      markFailed, markCanceled, failPendingExports
 *
 * ready and error are final: every transition out of pending requires `state = 'pending'`, so the first one wins, and
 * work that comes second finds the export finished and deletes what it stored.
 *
 * | transition           | triggered by                                   | a crash right after it leaves                              |
 * | -------------------- | ---------------------------------------------- | ---------------------------------------------------------- |
 * | createExport         | a request                                      | no event sent: the sweep sends it (RESEND_AFTER)           |
 * | startExport          | step `begin`                                   | a retried step, which keeps the cut-off                    |
 * | saveUpload           | step `begin`, once rows are counted            | a retried step, which keeps the count and the upload       |
 * | saveProgress         | a `part-n` step, each second and at its end    | a retried step, which writes the same bytes again          |
 * | saveHeartbeat        | steps `begin` and `complete`, each second      | nothing to repair                                          |
 * | saveFailedStep       | a step that failed and will be retried         | nothing to repair                                          |
 * | markResumed          | the sweep, when heartbeats stop (STALLED_AFTER)| no event sent: resumed again after RESUME_INTERVAL         |
 * | markReady            | step `complete`, once the parts are joined     | a finished export; a crash before it joins the parts again |
 * | markFailed           | a step that failed; the sweep (MAX_RESUMES)    | leftovers                                                  |
 * | markCanceled         | a person or API key                            | leftovers; work stops at its next heartbeat                |
 * | failPendingExports   | the deletion of the organization               | leftovers; work stops at its next heartbeat                |
 * | markLeftoversDeleted | the end of the work, and the sweep             | nothing to repair; a crash before it deletes them again    |
 * | markFileDeleted      | the expiry of files, after deleting the file   | nothing to repair; a crash before it deletes the file again|
 *
 * Leftovers are everything that is stored for an ended export besides its file. leftover_looks is 0 until they are deleted
 * for the first time, then 1, and 2 after a last deletion hours later (LATE_LEFTOVERS_AFTER): a process that notices the
 * end late may still store something, and crash before it deletes it.
 */

/** Inserts a queued export. */
export function createExport(
  tx: Prisma.TransactionClient,
  { now, organization, principal }: OrganizationScope,
  { filters, format = "csv", gzip = false }: ExportRequest,
): Promise<ExportRow> {
  const createdAt = now();
  return tx.auditLogExport.create({
    data: {
      id: newId("audit_log_export", createdAt),
      organizationPk: organization.pk,
      filters: { ...filters, from: filters.from.toISOString(), to: filters.to.toISOString() },
      format,
      gzip,
      requestedBy: principal,
      createdAt,
      updatedAt: createdAt,
    },
    include: exportInclude,
  });
}

/**
 * Starts an export by fixing its cut-off: the file holds the rows that were received before it, by the database's clock.
 * Starting again keeps the cut-off.
 * @returns the cut-off, or null if the export is no longer pending
 */
export async function startExport({ db, now }: Services, exportId: string): Promise<Date | null> {
  const [row] = await db.query<{ cut_off: Date }>(
    `UPDATE audit_log_export SET updated_at = $2::timestamptz, step_failed = false, started_at = coalesce(started_at, $2::timestamptz),
       cut_off = coalesce(cut_off, date_trunc('milliseconds', clock_timestamp()))
     WHERE id = $1 AND state = 'pending' RETURNING cut_off`,
    [exportId, now().toISOString()],
  );
  return row?.cut_off ?? null;
}

/** Saves the number of rows and the upload, unless an earlier run did: parts may be stored for its upload. */
export function saveUpload(
  services: Services,
  exportId: string,
  { rowsTotal, uploadId }: { readonly rowsTotal: number; readonly uploadId: string },
): Promise<boolean> {
  const assignments = ["rows_total = coalesce(rows_total, $3)", "upload_id = coalesce(upload_id, $4)"];
  return updatePending(services, exportId, assignments, [rowsTotal, uploadId]);
}

/** Saves how many rows and bytes are written. */
export function saveProgress(
  services: Services,
  exportId: string,
  { rows, bytes }: { readonly rows: number; readonly bytes: number },
): Promise<boolean> {
  return updatePending(services, exportId, ["rows_done = $3", "bytes = $4"], [rows, bytes]);
}

/** Saves that work goes on, by the column updated_at alone. */
export function saveHeartbeat(services: Services, exportId: string): Promise<boolean> {
  return updatePending(services, exportId, [], []);
}

export function markReady(
  services: Services,
  exportId: string,
  { rows, bytes, sha256 }: { readonly rows: number; readonly bytes: number; readonly sha256: string },
): Promise<boolean> {
  const assignments = [
    "state = 'ready', finished_at = $2::timestamptz, upload_id = NULL, leftover_looks = 1",
    "rows_done = $3, bytes = $4, sha256 = decode($5, 'hex')",
  ];
  return updatePending(services, exportId, assignments, [rows, bytes, sha256]);
}

/** @param failure a reason for people */
export function markFailed(services: Services, exportId: string, failure: string): Promise<boolean> {
  const assignments = ["state = 'error'", "finished_at = $2::timestamptz", "failure = $3"];
  return updatePending(services, exportId, assignments, [failure]);
}

/** Updates a pending export, with a heartbeat. @returns whether it was pending; otherwise nothing has changed */
async function updatePending(
  { db, now }: Services,
  exportId: string,
  assignments: readonly string[],
  values: readonly unknown[],
): Promise<boolean> {
  const list = ["updated_at = $2::timestamptz", "step_failed = false", ...assignments].join(", ");
  const updated = await db.query(
    `UPDATE audit_log_export SET ${list} WHERE id = $1 AND state = 'pending' RETURNING id`,
    [exportId, now().toISOString(), ...values],
  );
  return updated.length > 0;
}

/** @returns whether the export is visible to the scope and was pending */
export async function markCanceled(
  tx: Prisma.TransactionClient,
  scope: OrganizationScope,
  exportId: string,
): Promise<boolean> {
  const now = scope.now();
  const failure = `Canceled by ${scope.principal.name}.`;
  const { count } = await tx.auditLogExport.updateMany({
    where: { id: exportId, ...visibleTo(scope), state: "pending" },
    data: { state: "error", failure, canceledAt: now, finishedAt: now, updatedAt: now },
  });
  return count > 0;
}

/** Fails all pending exports of an organization that is being deleted. */
export async function failPendingExports(
  tx: Prisma.TransactionClient,
  { now, organization }: OrganizationScope,
): Promise<void> {
  const finishedAt = now();
  await tx.auditLogExport.updateMany({
    where: { organizationPk: organization.pk, state: "pending" },
    data: { state: "error", failure: "The organization was deleted.", finishedAt, updatedAt: finishedAt },
  });
}

/** Saves that a step failed, so that the export is not resumed while it waits for the retry. */
export async function saveFailedStep({ db }: Services, exportId: string): Promise<void> {
  await db.query("UPDATE audit_log_export SET step_failed = true WHERE id = $1 AND state = 'pending'", [exportId]);
}

/**
 * Saves that a stalled export is being resumed. Not a heartbeat: only the work itself proves that it goes on.
 * @param last when it was last resumed
 * @returns false if another sweep was faster, or if the export has ended
 */
export async function markResumed(
  { db }: Services,
  exportId: string,
  { at, last, resumes }: { readonly at: Date; readonly last: Date | null; readonly resumes: number },
): Promise<boolean> {
  const updated = await db.query(
    `UPDATE audit_log_export SET resumed_at = $2::timestamptz, resume_tries = $3
     WHERE id = $1 AND state = 'pending' AND resumed_at IS NOT DISTINCT FROM $4::timestamptz RETURNING id`,
    [exportId, at.toISOString(), resumes, last?.toISOString() ?? null],
  );
  return updated.length > 0;
}

/** @param since when their deletion began */
export async function markLeftoversDeleted({ db }: Services, exportId: string, since: Date): Promise<void> {
  await db.query(
    `UPDATE audit_log_export SET upload_id = NULL,
       leftover_looks = CASE WHEN finished_at <= $2::timestamptz THEN 2 ELSE greatest(leftover_looks, 1) END
     WHERE id = $1 AND state <> 'pending'`,
    [exportId, new Date(since.getTime() - LATE_LEFTOVERS_AFTER).toISOString()],
  );
}

export async function markFileDeleted({ db, now }: Services, exportId: string): Promise<void> {
  await db.query(
    `UPDATE audit_log_export SET file_deleted_at = $2::timestamptz, updated_at = $2::timestamptz
     WHERE id = $1 AND file_deleted_at IS NULL`,
    [exportId, now().toISOString()],
  );
}
