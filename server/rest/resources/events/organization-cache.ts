import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";
import { defineRowCache } from "@/server/kernel/caches";

const organizations = defineRowCache<OrganizationScope["organization"]>({
  name: "organizations",
  kind: "organization",
  maxEntries: 100_000,
});

/** Does what `scopeToOrganization` does from a cache, for ingest with its thousands of events per second. */
export async function scopeToCachedOrganization(
  scope: EnvironmentScope,
  organizationId: string,
): Promise<OrganizationScope> {
  const organization = await scope.caches
    .of(organizations)
    .get(
      `${scope.environment.pk}:${organizationId}`,
      async () => (await scopeToOrganization(scope, organizationId)).organization,
    );
  return { ...scope, organization };
}
