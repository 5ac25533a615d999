import { notFound } from "@/server/errors";
import type { EnvironmentScope, OrganizationScope } from "@/server/services";

/**
 * Narrows to one organization; the only way to reach its data.
 * @throws DomainError `not_found` when the organization does not exist or is another environment's: the answers are
 * the same, so ids cannot be probed.
 */
export async function scopeToOrganization(scope: EnvironmentScope, organizationId: string): Promise<OrganizationScope> {
  const organization = await scope.db.prisma.organization.findFirst({
    where: { id: organizationId, environmentPk: scope.environment.pk, deletedAt: null },
    select: { pk: true, id: true, name: true },
  });
  if (!organization) throw notFound("Organization", organizationId);
  return { ...scope, organization };
}
