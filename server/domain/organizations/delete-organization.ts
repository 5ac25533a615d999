import type { OutgoingEvent } from "@/schemas/outgoing-events";
import { blobKey } from "@/server/domain/exports/blob-key";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { newId } from "@/server/ids";
import type { OrganizationScope, Services } from "@/server/services";

const BATCH = 5_000;
/** Longer than any process remembers that an organization is there. */
const REMEMBERED = 5_000;

/**
 * Takes an organization away. From now on nothing finds it, and its external id and domains are free again; its events
 * and files are deleted by a function.
 */
export async function deleteOrganization(scope: OrganizationScope): Promise<void> {
  const { pk, id, name } = scope.organization;
  await scope.db.prisma.$transaction(async (tx) => {
    await tx.organization.update({ where: { pk }, data: { deletedAt: scope.now(), externalId: null, stripeCustomerId: null } });
    await tx.organizationDomain.deleteMany({ where: { organizationPk: pk } });
    await tx.portalSession.updateMany({ where: { organizationPk: pk, revokedAt: null }, data: { revokedAt: scope.now() } });
    await recordActivity(tx, scope, "organization.deleted", { organizationId: id, name });
  });
  // The row is the truth: what could not be sent now is sent again by the sweep.
  await scope.send([deletedEvent(id)]).catch((error: unknown) => {
    scope.log.warn({ organizationId: id, error: String(error) }, "a deletion's event could not be sent and will be sent again");
  });
}

/** Sends the event again for every organization that still waits for its deletion. */
export async function sweepDeletedOrganizations(services: Services): Promise<void> {
  const waiting = await services.db.prisma.organization.findMany({
    where: { deletedAt: { lt: new Date(services.now().getTime() - 60_000) } },
    select: { id: true },
    take: 100,
  });
  // Another id than the first: that run may have given up.
  if (waiting.length > 0) await services.send(waiting.map(({ id }) => ({ ...deletedEvent(id), id: newId("activity", services.now()) })));
}

function deletedEvent(organizationId: string): OutgoingEvent {
  return { name: "organization.deleted", id: `${organizationId}:deleted`, data: { organizationId } };
}

/**
 * Deletes one batch of what a deleted organization leaves behind, and at the end its row; answers whether that was all.
 * Doing it again does no harm.
 */
export async function deleteOrganizationBatch(services: Services, organizationId: string): Promise<boolean> {
  const organization = await services.db.prisma.organization.findUnique({ where: { id: organizationId } });
  if (!organization?.deletedAt) return true;
  const { pk } = organization;
  const deleted = await services.db.query(
    `DELETE FROM log.event e USING (
       SELECT d.occurred_at, d.id FROM log.event d WHERE d.organization_pk = $1 ORDER BY d.occurred_at, d.id LIMIT ${BATCH}
     ) AS batch WHERE e.organization_pk = $1 AND e.occurred_at = batch.occurred_at AND e.id = batch.id RETURNING 1`,
    [pk],
  );
  // A web process may have taken an event a moment after the deletion.
  const settled = services.now().getTime() - organization.deletedAt.getTime() > REMEMBERED;
  if (deleted.length > 0 || !settled) return false;
  const exports = await services.db.prisma.auditLogExport.findMany({ where: { organizationPk: pk } });
  for (const { id, uploadId } of exports) {
    if (uploadId !== null) await services.blobs.abort(blobKey(id), uploadId);
    await services.blobs.delete(blobKey(id));
  }
  await services.db.prisma.organization.delete({ where: { pk } });
  return true;
}
