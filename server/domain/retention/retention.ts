import { recordActivity } from "@/server/domain/activity/record-activity";
import { lockOrganization } from "@/server/domain/organizations/lock-organization";
import type { OrganizationScope } from "@/server/kernel/scopes";

/** Returns the number of days for which the organization's events are kept; null means forever. */
export async function getRetention(scope: OrganizationScope): Promise<number | null> {
  const policy = await scope.db.prisma.retentionPolicy.findUnique({ where: { organizationPk: scope.organization.pk } });
  return policy?.days ?? null;
}

/** Sets the number of days, or null for forever; older events are deleted the next night. */
export async function setRetention<Days extends number | null>(scope: OrganizationScope, days: Days): Promise<Days> {
  const organizationPk = scope.organization.pk;
  await scope.db.prisma.$transaction(async (tx) => {
    await lockOrganization(tx, scope);
    if (days === null) {
      await tx.retentionPolicy.deleteMany({ where: { organizationPk } });
    } else {
      const set = { days, updatedAt: scope.now() };
      await tx.retentionPolicy.upsert({ where: { organizationPk }, create: { organizationPk, ...set }, update: set });
    }
    await recordActivity(tx, scope, "retention.changed", { days });
  });
  return days;
}
