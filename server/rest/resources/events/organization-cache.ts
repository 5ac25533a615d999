import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";
import { memoryOfRows } from "@/server/kernel/cache";

const memory = memoryOfRows<OrganizationScope["organization"]>("organization", 100_000);

/** As `scopeToOrganization`, for the path that takes thousands of events a second: remembers whom it found until that changes. */
export async function scopeToCachedOrganization(
  scope: EnvironmentScope,
  organizationId: string,
): Promise<OrganizationScope> {
  const organization = await memory(scope.db).get(`${scope.environment.pk}:${organizationId}`, async () => {
    return (await scopeToOrganization(scope, organizationId)).organization;
  });
  return { ...scope, organization };
}
