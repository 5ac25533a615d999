import { discardLeftovers, SETTLED_AFTER } from "@/server/domain/exports/writing/discard-leftovers";
import { blobKey } from "@/server/domain/exports/blob-key";
import { deleteEvents } from "@/server/domain/events/delete-events";
import type { Services } from "@/server/kernel/services";

/** Milliseconds; longer than any process remembers that an organization is there. */
const REMEMBERED = 5_000;

/**
 * Deletes what a deleted organization leaves behind, for at most about `milliseconds`: its events, its files, and at the
 * end its row. `more` is to be called again, `too early` after a few seconds: a web process may have taken an event a
 * moment after the deletion. After `row left` only the row is there, with exports that ended so lately that work which
 * has not noticed it may still store something; the sweep calls again. Doing it again does no harm.
 */
export async function deleteOrganizationData(
  services: Services,
  organizationId: string,
  milliseconds = 10_000,
): Promise<"done" | "more" | "too early" | "row left"> {
  const until = performance.now() + milliseconds;
  const [organization] = await services.db.query<{ pk: number; deletedAt: Date }>(
    `SELECT pk, deleted_at AS "deletedAt" FROM organization WHERE id = $1 AND deleted_at IS NOT NULL`,
    [organizationId],
  );
  if (!organization) return "done";
  if (services.now().getTime() - organization.deletedAt.getTime() <= REMEMBERED) return "too early";
  const { pk } = organization;
  if (!(await deleteEvents(services, { organizationPk: pk, before: null }, until))) return "more";
  const exports = await services.db.query<{ id: string }>(
    "SELECT id FROM audit_log_export WHERE organization_pk = $1",
    [pk],
  );
  for (const { id } of exports) {
    await discardLeftovers(services, id);
    await services.blobs.delete(blobKey(id));
  }
  const gone = await services.db.query(
    `DELETE FROM organization WHERE pk = $1 AND NOT EXISTS (
       SELECT FROM audit_log_export x WHERE x.organization_pk = $1 AND coalesce(x.finished_at > $2::timestamptz, true)
     ) RETURNING pk`,
    [pk, new Date(services.now().getTime() - SETTLED_AFTER).toISOString()],
  );
  return gone.length > 0 ? "done" : "row left";
}
