import { findApiKeyAccess, type ApiKeyAccess } from "@/server/domain/api-keys/authenticate";
import { DomainError } from "@/server/errors";
import type { EnvironmentScope, Services } from "@/server/services";

/** How long an answer is believed; so a revoked key is refused by every process a second later at the latest. */
const BELIEVED = 1_000;
const MOST_REMEMBERED = 10_000;

interface Remembered {
  readonly until: number;
  readonly access: Promise<ApiKeyAccess | null>;
}

/** Per services, that is per process: look-ups of keys seen within the last second. */
const remembered = new WeakMap<Services, Map<string, Remembered>>();

/**
 * The environment that a request's `Authorization: Bearer sk_…` opens.
 * @throws DomainError `unauthenticated` when there is no key, or none that is alive
 */
export async function scopeFromApiKey(services: Services, authorization: string | null): Promise<EnvironmentScope> {
  const secret = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  const access = secret === undefined ? null : await lookUp(services, secret);
  if (!access) throw new DomainError("unauthenticated", "Unauthorized");
  return { ...services, ...access };
}

function lookUp(services: Services, secret: string): Promise<ApiKeyAccess | null> {
  const known = remembered.get(services) ?? new Map<string, Remembered>();
  remembered.set(services, known);
  const now = performance.now();
  const hit = known.get(secret);
  if (hit && hit.until > now) return hit.access;
  if (known.size >= MOST_REMEMBERED) known.clear();
  const access = findApiKeyAccess(services, secret);
  known.set(secret, { until: now + BELIEVED, access });
  // A failed look-up is not an answer to believe.
  access.catch(() => known.delete(secret));
  return access;
}
