import type { OutgoingEvent } from "@/schemas/outgoing-events";
import { recordActivity } from "@/server/domain/activity/record-activity";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

/** Milliseconds after which a deletion's first event should have led to something. */
const EXPECTED_AFTER = 60_000;

/**
 * Takes an organization away. From now on nothing finds it, and its external id and domains are free again; its events
 * and files are deleted by a function.
 */
export async function deleteOrganization(scope: OrganizationScope): Promise<void> {
  const { pk, id, name } = scope.organization;
  const now = scope.now();
  await scope.db.prisma.$transaction(async (tx) => {
    await tx.organization.update({ where: { pk }, data: { deletedAt: now, externalId: null, stripeCustomerId: null } });
    await tx.organizationDomain.deleteMany({ where: { organizationPk: pk } });
    await tx.portalLink.updateMany({ where: { organizationPk: pk, revokedAt: null }, data: { revokedAt: now } });
    await tx.portalSession.updateMany({ where: { organizationPk: pk, revokedAt: null }, data: { revokedAt: now } });
    const failure = "The organization was deleted.";
    const ended = { state: "error", failure, finishedAt: now, updatedAt: now } as const;
    await tx.auditLogExport.updateMany({ where: { organizationPk: pk, state: "pending" }, data: ended });
    await recordActivity(tx, scope, "organization.deleted", { organizationId: id, name });
  });
  // The row is the truth: what could not be sent now is sent again by the sweep.
  await scope.send([deletedEvent(id)]).catch((error: unknown) => {
    scope.log.warn(
      { organizationId: id, error: String(error) },
      "a deletion's event could not be sent and will be sent again",
    );
  });
}

/** Sends the event again for every organization that still waits for its deletion. */
export async function sweepDeletedOrganizations(services: Services): Promise<void> {
  const now = services.now();
  const waiting = await services.db.query<{ id: string }>(
    "SELECT id FROM organization WHERE deleted_at < $1::timestamptz ORDER BY deleted_at LIMIT 100",
    [new Date(now.getTime() - EXPECTED_AFTER).toISOString()],
  );
  // Another id than before: that run may have given up.
  const events = waiting.map(({ id }) => ({ ...deletedEvent(id), id: `${id}:deleted:${now.toISOString()}` }));
  if (events.length > 0) await services.send(events);
}

function deletedEvent(organizationId: string): OutgoingEvent {
  return { name: "organization.deleted", id: `${organizationId}:deleted`, data: { organizationId } };
}
