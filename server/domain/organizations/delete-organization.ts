import type { OutgoingEvent } from "@/schemas/outgoing-events";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { eraseRejectedEvents } from "@/server/domain/events/rejected/erase-rejected-events";
import { failPendingExports } from "@/server/domain/exports/export-store";
import { notFound } from "@/server/kernel/errors";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

/** Milliseconds after which the sweep sends a deletion's event again. */
const RESEND_AFTER = 60_000;

/**
 * Deletes an organization. It can no longer be found, its links, sessions and pending exports end, and its external ID and
 * domains can be used again; a background function deletes its events, files and rejected events.
 * @throws DomainError `not_found` if it was already deleted
 */
export async function deleteOrganization(scope: OrganizationScope): Promise<void> {
  const { pk, id, name } = scope.organization;
  const now = scope.now();
  await scope.db.prisma.$transaction(async (tx) => {
    // First, because it waits for every transaction that adds something (lockOrganization) and stops later ones.
    const { count } = await tx.organization.updateMany({
      where: { pk, deletedAt: null },
      data: { deletedAt: now, externalId: null, stripeCustomerId: null },
    });
    if (count === 0) throw notFound("Organization", id);
    await tx.organizationDomain.deleteMany({ where: { organizationPk: pk } });
    await tx.portalLink.updateMany({ where: { organizationPk: pk, revokedAt: null }, data: { revokedAt: now } });
    await tx.portalSession.updateMany({ where: { organizationPk: pk, revokedAt: null }, data: { revokedAt: now } });
    await failPendingExports(tx, scope);
    await tx.$executeRaw`INSERT INTO log.deleted_organization (id) VALUES (${id}) ON CONFLICT DO NOTHING`;
    await eraseRejectedEvents(tx, scope.environment.pk, id);
    await recordActivity(tx, scope, "organization.deleted", { organizationId: id, name });
  });
  // The row is the source of truth: the sweep sends the event again if this fails.
  await scope.send([deletedEvent(id)]).catch((error: unknown) => {
    scope.log.warn(
      { organizationId: id, error: String(error) },
      "could not start deleting an organization's data; the sweep will retry",
    );
  });
}

/** Sends the event again for every deleted organization whose data still exists. */
export async function sweepDeletedOrganizations(services: Services): Promise<void> {
  const now = services.now();
  const waiting = await services.db.query<{ id: string }>(
    "SELECT id FROM organization WHERE deleted_at < $1::timestamptz ORDER BY deleted_at LIMIT 100",
    [new Date(now.getTime() - RESEND_AFTER).toISOString()],
  );
  // A new event ID starts a new run: the previous one may have failed.
  const events = waiting.map(({ id }) => ({ ...deletedEvent(id), id: `${id}:deleted:${now.toISOString()}` }));
  if (events.length > 0) await services.send(events);
}

function deletedEvent(organizationId: string): OutgoingEvent {
  return { name: "organization.deleted", id: `${organizationId}:deleted`, data: { organizationId } };
}
