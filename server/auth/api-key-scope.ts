import { findApiKeyAccess, recordKeyUse, type ApiKeyAccess } from "@/server/domain/api-keys/authenticate";
import { DomainError } from "@/server/kernel/errors";
import { hashSecret } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { defineCache, defineRowCache } from "@/server/kernel/caches";

/** Every process rejects a revoked key within a second. */
const apiKeys = defineRowCache<ApiKeyAccess | null>({ name: "api_keys", kind: "api_key", maxEntries: 10_000 });

/** The time of a key's last use is stored once per minute. */
const keyUses = defineCache<void>({ name: "api_key_uses", ttl: 60_000, maxEntries: 10_000 });

/**
 * Returns the environment of the API key in a request's `Authorization: Bearer sk_…`.
 * @throws DomainError `unauthenticated` if there is no key, or it is unknown or revoked
 */
export async function scopeFromApiKey(services: Services, authorization: string | null): Promise<EnvironmentScope> {
  const secret = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (secret === undefined) throw new DomainError("unauthenticated", "Unauthorized");
  const hash = hashSecret(secret);
  const access = await services.caches
    .of(apiKeys)
    .get(Buffer.from(hash).toString("hex"), () => findApiKeyAccess(services, hash));
  if (!access) throw new DomainError("unauthenticated", "Unauthorized");
  // The request neither waits for this nor fails with it.
  void services.caches
    .of(keyUses)
    .get(access.principal.id, () => recordKeyUse(services, access))
    .catch((error: unknown) =>
      services.log.warn({ error: String(error) }, "could not store when an API key was last used"),
    );
  // Spreading a second object instead of naming its properties takes several times as long.
  return { ...services, environment: access.environment, principal: access.principal };
}
