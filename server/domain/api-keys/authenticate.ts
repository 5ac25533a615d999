import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

/** What a valid key opens, without the services: may be remembered until something of it changes. */
export type ApiKeyAccess = Pick<EnvironmentScope, "environment" | "principal">;

/**
 * What the bearer of the secret with this hash may touch, or null when no live key has it. As the
 * look-up is by hash, the time taken says nothing about how much of a guess was right.
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

/** Notes that the key is used now. */
export async function noteKeyUse(services: Services, { principal }: ApiKeyAccess): Promise<void> {
  await services.db.prisma.apiKey.updateMany({ where: { id: principal.id }, data: { lastUsedAt: services.now() } });
}
