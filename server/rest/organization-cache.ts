import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import type { EnvironmentScope, OrganizationScope, Services } from "@/server/services";

/** How long a found organization is believed to be there. */
const BELIEVED = 1_000;
const MOST_REMEMBERED = 10_000;

interface Remembered {
  readonly until: number;
  readonly organization: Promise<OrganizationScope["organization"]>;
}

const remembered = new WeakMap<Services["db"], Map<string, Remembered>>();

/** As `scopeToOrganization`, for the path that takes thousands of events a second: remembers for a second whom it found. */
export async function scopeToCachedOrganization(
  scope: EnvironmentScope,
  organizationId: string,
): Promise<OrganizationScope> {
  const known = remembered.get(scope.db) ?? new Map<string, Remembered>();
  remembered.set(scope.db, known);
  const key = `${scope.environment.pk}:${organizationId}`;
  const now = performance.now();
  const hit = known.get(key);
  if (hit && hit.until > now) return { ...scope, organization: await hit.organization };
  if (known.size >= MOST_REMEMBERED) known.clear();
  const organization = scopeToOrganization(scope, organizationId).then((found) => found.organization);
  known.set(key, { until: now + BELIEVED, organization });
  organization.catch(() => known.delete(key));
  return { ...scope, organization: await organization };
}
