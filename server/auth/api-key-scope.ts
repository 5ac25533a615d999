import { findApiKeyAccess, noteKeyUse, type ApiKeyAccess } from "@/server/domain/api-keys/authenticate";
import { DomainError } from "@/server/kernel/errors";
import { hashSecret } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { memoryOfRows, memoryPerOwner } from "@/server/kernel/cache";

/** So a revoked key is refused by every process a second later at the latest. */
const memory = memoryOfRows<ApiKeyAccess | null>("api_key", 10_000);

/** When a key was last used is kept to the minute. */
const uses = memoryPerOwner<void>({ milliseconds: 60_000, most: 10_000 });

/**
 * The environment that a request's `Authorization: Bearer sk_…` opens.
 * @throws DomainError `unauthenticated` when there is no key, or none that is alive
 */
export async function scopeFromApiKey(services: Services, authorization: string | null): Promise<EnvironmentScope> {
  const secret = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (secret === undefined) throw new DomainError("unauthenticated", "Unauthorized");
  const hash = hashSecret(secret);
  const access = await memory(services.db).get(Buffer.from(hash).toString("hex"), () =>
    findApiKeyAccess(services, hash),
  );
  if (!access) throw new DomainError("unauthenticated", "Unauthorized");
  // Beside the request, which does not wait for it and does not fail with it.
  void uses(services.db)
    .get(access.principal.id, () => noteKeyUse(services, access))
    .catch((error: unknown) => services.log.warn({ error: String(error) }, "the use of an API key was not noted"));
  // Named one by one: to spread a second object takes several times as long.
  return { ...services, environment: access.environment, principal: access.principal };
}
