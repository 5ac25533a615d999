import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

/** What a valid key gives access to, without the services, so that it can be cached until the key changes. */
export type ApiKeyAccess = Pick<EnvironmentScope, "environment" | "principal">;

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
  };
}

/** Stores that the key is being used now. */
export async function recordKeyUse(services: Services, { principal }: ApiKeyAccess): Promise<void> {
  await services.db.prisma.apiKey.updateMany({ where: { id: principal.id }, data: { lastUsedAt: services.now() } });
}
