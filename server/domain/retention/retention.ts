import { recordActivity } from "@/server/domain/activity/record-activity";
import type { OrganizationScope, Services } from "@/server/services";

const BATCH = 5_000;
const DAY = 86_400_000;

/** How many days the organization's events are kept; null is for ever. */
export async function getRetention(scope: OrganizationScope): Promise<number | null> {
  const policy = await scope.db.prisma.retentionPolicy.findUnique({ where: { organizationPk: scope.organization.pk } });
  return policy?.days ?? null;
}

/** Sets it; what is older goes in the next night. */
export async function setRetention(scope: OrganizationScope, days: number): Promise<number> {
  const organizationPk = scope.organization.pk;
  await scope.db.prisma.$transaction(async (tx) => {
    const set = { days, updatedAt: scope.now() };
    await tx.retentionPolicy.upsert({ where: { organizationPk }, create: { organizationPk, ...set }, update: set });
    await recordActivity(tx, scope, "retention.changed", { days });
  });
  return days;
}

/** The organizations that do not keep their events for ever, by number, from `after` on. */
export async function listRetentionPolicies(services: Services, after: number): Promise<{ organizationPk: number; days: number }[]> {
  return services.db.prisma.retentionPolicy.findMany({
    where: { organizationPk: { gt: after } },
    select: { organizationPk: true, days: true },
    orderBy: { organizationPk: "asc" },
    take: 100,
  });
}

/**
 * Deletes one batch of an organization's events that are older than its policy allows; answers whether that was all.
 * An export that is being written keeps what it promised: nothing that was there at its beginning goes until it ends.
 */
export async function deleteExpiredBatch(services: Services, policy: { organizationPk: number; days: number }): Promise<boolean> {
  const { organizationPk, days } = policy;
  if (await services.db.prisma.auditLogExport.findFirst({ where: { organizationPk, state: "pending" } })) return true;
  const before = new Date(services.now().getTime() - days * DAY);
  const deleted = await services.db.query(
    `DELETE FROM log.event e USING (
       SELECT d.occurred_at, d.id FROM log.event d WHERE d.organization_pk = $1 AND d.occurred_at < $2::timestamptz
       ORDER BY d.occurred_at, d.id LIMIT ${BATCH}
     ) AS batch WHERE e.organization_pk = $1 AND e.occurred_at = batch.occurred_at AND e.id = batch.id RETURNING 1`,
    [organizationPk, before.toISOString()],
  );
  return deleted.length < BATCH;
}
