import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import type { EnvironmentScope, OrganizationScope } from "@/server/services";
import { memoryPerOwner } from "@/server/short-memory";

const memory = memoryPerOwner<OrganizationScope["organization"]>({ milliseconds: 1_000, most: 10_000 });

/** As `scopeToOrganization`, for the path that takes thousands of events a second: believes for a second whom it found. */
export async function scopeToCachedOrganization(
  scope: EnvironmentScope,
  organizationId: string,
): Promise<OrganizationScope> {
  const organization = await memory(scope.db).get(`${scope.environment.pk}:${organizationId}`, async () => {
    return (await scopeToOrganization(scope, organizationId)).organization;
  });
  return { ...scope, organization };
}
