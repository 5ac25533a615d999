import { blobKey } from "@/server/domain/exports/blob-key";
import { deleteEvents } from "@/server/domain/events/delete-events";
import type { Services } from "@/server/services";

/** Milliseconds; longer than any process remembers that an organization is there. */
const REMEMBERED = 5_000;

/**
 * Deletes what a deleted organization leaves behind, for at most about `milliseconds`: its events, its files, and at the
 * end its row. `more` is to be called again, `too early` after a few seconds: a web process may have taken an event a
 * moment after the deletion. Doing it again does no harm.
 */
export async function deleteOrganizationData(
  services: Services,
  organizationId: string,
  milliseconds = 10_000,
): Promise<"done" | "more" | "too early"> {
  const until = performance.now() + milliseconds;
  const [organization] = await services.db.query<{ pk: number; deletedAt: Date }>(
    `SELECT pk, deleted_at AS "deletedAt" FROM organization WHERE id = $1 AND deleted_at IS NOT NULL`,
    [organizationId],
  );
  if (!organization) return "done";
  if (services.now().getTime() - organization.deletedAt.getTime() <= REMEMBERED) return "too early";
  const { pk } = organization;
  if (!(await deleteEvents(services, { organizationPk: pk, before: null }, until))) return "more";
  const exports = await services.db.query<{ id: string; uploadId: string | null }>(
    `SELECT id, upload_id AS "uploadId" FROM audit_log_export WHERE organization_pk = $1`,
    [pk],
  );
  for (const { id, uploadId } of exports) {
    if (uploadId !== null) await services.blobs.abort(blobKey(id), uploadId);
    await services.blobs.delete(blobKey(id));
  }
  await services.db.query("DELETE FROM organization WHERE pk = $1", [pk]);
  return "done";
}
