import { notFound } from "@/server/kernel/errors";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";

/**
 * Restricts a scope to one organization; the only way to reach its data.
 * @throws DomainError `not_found` if the organization does not exist or belongs to another environment. The responses are
 * identical, so IDs cannot be probed.
 */
export async function scopeToOrganization(scope: EnvironmentScope, organizationId: string): Promise<OrganizationScope> {
  // SQL is faster than Prisma here; ingest runs it for every organization that is not cached.
  const [organization] = await scope.db.query<OrganizationScope["organization"]>(
    "SELECT pk, id, name FROM organization WHERE id = $1 AND environment_pk = $2 AND deleted_at IS NULL",
    [organizationId, scope.environment.pk],
  );
  if (!organization) throw notFound("Organization", organizationId);
  return { ...scope, organization };
}
