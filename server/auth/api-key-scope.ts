import type { KeyScope } from "@/schemas/api-keys/api-key";
import { findApiKeyAccess, recordKeyUse, type ApiKeyAccess } from "@/server/domain/api-keys/authenticate";
import { DomainError } from "@/server/kernel/errors";
import { hashSecret } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { defineCache, defineRowCache } from "@/server/kernel/caches";

/** The environment of an API key, and what the key may do there. */
export interface ApiKeyCallerScope extends EnvironmentScope {
  readonly keyScopes: ReadonlySet<KeyScope>;
}

/** Every process rejects a revoked key within a second. */
const apiKeys = defineRowCache<ApiKeyAccess | null>({ name: "api_keys", kind: "api_key", maxEntries: 10_000 });

/** The time and client address of a key's last use are stored once per minute. */
const keyUses = defineCache<void>({ name: "api_key_uses", ttl: 60_000, maxEntries: 10_000 });

/**
 * Returns the environment of the API key in a request's `Authorization: Bearer sk_…`. What the key may do is up to
 * `requireKeyScope`.
 * @param address The client address, stored as the key's last-used address.
 * @throws DomainError `unauthenticated` if there is no key, or it is unknown or revoked
 */
export async function scopeFromApiKey(
  services: Services,
  authorization: string | null,
  address: string | null,
): Promise<ApiKeyCallerScope> {
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
    .get(access.principal.id, () => recordKeyUse(services, access, address))
    .catch((error: unknown) =>
      services.log.warn({ error: String(error) }, "could not store when an API key was last used"),
    );
  const { environment, principal, keyScopes } = access;
  // Spreading a second object instead of naming its properties takes several times as long.
  return { ...services, environment, principal, keyScopes };
}

/** @throws DomainError `forbidden` that names the scope which the key lacks */
export function requireKeyScope({ keyScopes }: Pick<ApiKeyCallerScope, "keyScopes">, needed: KeyScope): void {
  if (keyScopes.has(needed)) return;
  throw new DomainError(
    "forbidden",
    `This API key lacks the scope '${needed}'. Use a key with this scope, or create one under API keys in the dashboard.`,
    { wireCode: "insufficient_scope" },
  );
}
