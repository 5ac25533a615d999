import { deleteEvents } from "@/server/domain/events/delete-events";
import { eraseLateRejectedEvents } from "@/server/domain/events/rejected/erase-rejected-events";
import { blobKey } from "@/server/domain/exports/blob-key";
import { markFileDeleted } from "@/server/domain/exports/export-store";
import { LATE_LEFTOVERS_AFTER } from "@/server/domain/exports/schedule";
import { deleteLeftovers } from "@/server/domain/exports/writing/delete-leftovers";
import type { Services } from "@/server/kernel/services";

/** Milliseconds; longer than any process caches an organization. */
const MAX_CACHE_AGE = 5_000;

/**
 * Deletes the data of a deleted organization, for at most about `milliseconds`: its events, its files and finally its row.
 * Callers repeat it after `more`, and a few seconds after `too early`: a web process may have accepted an event just
 * after the deletion. After `row left`, only the row remains, because an export ended so recently that a worker may still
 * store something for it; the sweep calls again. Repeating it is safe.
 */
export async function deleteOrganizationData(
  services: Services,
  organizationId: string,
  milliseconds = 10_000,
): Promise<"done" | "more" | "too early" | "row left"> {
  const until = performance.now() + milliseconds;
  const [organization] = await services.db.query<{ pk: number; environmentPk: number; deletedAt: Date }>(
    `SELECT pk, environment_pk AS "environmentPk", deleted_at AS "deletedAt" FROM organization WHERE id = $1 AND deleted_at IS NOT NULL`,
    [organizationId],
  );
  if (!organization) return "done";
  const { pk, environmentPk } = organization;
  // First, because the blob store's own URLs work as long as the files exist.
  await deleteFiles(services, pk);
  if (services.now().getTime() - organization.deletedAt.getTime() <= MAX_CACHE_AGE) return "too early";
  // Again, because an event may have been rejected during the deletion.
  await eraseLateRejectedEvents(services, environmentPk, organizationId);
  if (!(await deleteEvents(services, { organizationPk: pk, before: null }, until))) return "more";
  const exports = await services.db.query<{ id: string }>(
    "SELECT id FROM audit_log_export WHERE organization_pk = $1",
    [pk],
  );
  for (const { id } of exports) {
    await deleteLeftovers(services, id);
    await services.blobs.delete(blobKey(id));
  }
  const deleted = await services.db.query(
    `DELETE FROM organization WHERE pk = $1 AND NOT EXISTS (
       SELECT FROM audit_log_export x WHERE x.organization_pk = $1 AND coalesce(x.finished_at > $2::timestamptz, true)
     ) RETURNING pk`,
    [pk, new Date(services.now().getTime() - LATE_LEFTOVERS_AFTER).toISOString()],
  );
  return deleted.length > 0 ? "done" : "row left";
}

/** Deletes the files of finished exports. The last step of the deletion tries again with those that fail. */
async function deleteFiles(services: Services, organizationPk: number): Promise<void> {
  const stored = await services.db.query<{ id: string }>(
    "SELECT id FROM audit_log_export WHERE organization_pk = $1 AND state = 'ready' AND file_deleted_at IS NULL",
    [organizationPk],
  );
  for (const { id } of stored) {
    try {
      await services.blobs.delete(blobKey(id));
      await markFileDeleted(services, id);
    } catch (error) {
      services.log.warn({ exportId: id, error: String(error) }, "file of a deleted organization not deleted yet");
    }
  }
}
