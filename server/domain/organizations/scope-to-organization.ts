import { notFound } from "@/server/kernel/errors";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";

/**
 * Restricts a scope to one organization; the only way to reach its data.
 * @throws DomainError `not_found` if the organization does not exist or belongs to another environment. The responses are
 * identical, so IDs cannot be probed.
 */
export async function scopeToOrganization(scope: EnvironmentScope, organizationId: string): Promise<OrganizationScope> {
  // SQL is faster than Prisma here; ingest runs it for every organization that is not cached.
  const [row] = await scope.db.query<{
    pk: number;
    id: string;
    name: string;
    days: number | null;
    months: number | null;
  }>(
    `SELECT o.pk, o.id, o.name, p.days, p.months FROM organization o
     LEFT JOIN retention_policy p ON p.organization_pk = o.pk
     WHERE o.id = $1 AND o.environment_pk = $2 AND o.deleted_at IS NULL`,
    [organizationId, scope.environment.pk],
  );
  if (!row) throw notFound("Organization", organizationId);
  const { days, months, ...organization } = row;
  return { ...scope, organization: { ...organization, retention: days === null ? null : { days, months } } };
}
