import type { KeyScope } from "@/schemas/api-keys/api-key";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

/** What a valid key gives access to, without the services, so that it can be cached until the key changes. */
export interface ApiKeyAccess extends Pick<EnvironmentScope, "environment" | "principal"> {
  readonly keyScopes: ReadonlySet<KeyScope>;
}

/**
 * Returns what the key with this hash gives access to, or null if there is none or it is revoked. The query is by hash, so
 * its duration does not reveal how much of a guess was right.
 */
export async function findApiKeyAccess(
  services: Services,
  secretHash: Uint8Array<ArrayBuffer>,
): Promise<ApiKeyAccess | null> {
  const key = await services.db.prisma.apiKey.findUnique({
    where: { secretHash, revokedAt: null },
    select: {
      id: true,
      name: true,
      scopes: true,
      environment: {
        select: {
          pk: true,
          id: true,
          name: true,
          kind: true,
          strictActions: true,
          workspace: { select: { name: true } },
        },
      },
    },
  });
  if (!key) return null;
  const { workspace, ...environment } = key.environment;
  return {
    environment: { ...environment, workspaceName: workspace.name },
    principal: { type: "api_key", id: key.id, name: key.name },
    // A scope that only a newer version knows gives access to nothing here.
    keyScopes: new Set(key.scopes) as ReadonlySet<string> as ReadonlySet<KeyScope>,
  };
}

/** Stores that the key is being used now, and from where. */
export async function recordKeyUse(
  services: Services,
  { principal }: ApiKeyAccess,
  address: string | null,
): Promise<void> {
  const data = { lastUsedAt: services.now(), lastUsedAddress: address };
  await services.db.prisma.apiKey.updateMany({ where: { id: principal.id }, data });
}
