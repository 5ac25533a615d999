import type { Retention } from "@/schemas/organizations/retention";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { lockOrganization } from "@/server/domain/organizations/lock-organization";
import type { OrganizationScope } from "@/server/kernel/scopes";

/** Returns how long the organization's events are kept; null means forever. */
export async function getRetention(scope: OrganizationScope): Promise<Retention | null> {
  return scope.db.prisma.retentionPolicy.findUnique({
    where: { organizationPk: scope.organization.pk },
    select: { days: true, months: true },
  });
}

/**
 * Sets how long events are kept, or null for forever; older events are deleted the next night. A number means days.
 * @returns the number of days
 * @throws DomainError `not_found` if the organization was deleted
 */
export async function setRetention(
  scope: OrganizationScope,
  retention: Retention | number | null,
): Promise<number | null> {
  const organizationPk = scope.organization.pk;
  const policy = typeof retention === "number" ? { days: retention, months: null } : retention;
  await scope.db.prisma.$transaction(async (tx) => {
    await lockOrganization(tx, scope);
    if (policy === null) {
      await tx.retentionPolicy.deleteMany({ where: { organizationPk } });
    } else {
      const set = { days: policy.days, months: policy.months, updatedAt: scope.now() };
      await tx.retentionPolicy.upsert({ where: { organizationPk }, create: { organizationPk, ...set }, update: set });
    }
    await recordActivity(tx, scope, "retention.changed", { days: policy?.days ?? null });
  });
  return policy?.days ?? null;
}
