import { notFound } from "@/server/kernel/errors";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";

/**
 * Narrows to one organization; the only way to reach its data.
 * @throws DomainError `not_found` when the organization does not exist or is another environment's: the answers are
 * the same, so ids cannot be probed.
 */
export async function scopeToOrganization(scope: EnvironmentScope, organizationId: string): Promise<OrganizationScope> {
  // In SQL, since ingest asks it of each organization that it does not remember.
  const [organization] = await scope.db.query<OrganizationScope["organization"]>(
    "SELECT pk, id, name FROM organization WHERE id = $1 AND environment_pk = $2 AND deleted_at IS NULL",
    [organizationId, scope.environment.pk],
  );
  if (!organization) throw notFound("Organization", organizationId);
  return { ...scope, organization };
}
