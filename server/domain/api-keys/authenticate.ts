import type { EnvironmentScope, Services } from "@/server/services";

const LAST_USED_PRECISION = 60_000;

/** What a valid key opens, without the services: may be remembered for a second. */
export type ApiKeyAccess = Pick<EnvironmentScope, "environment" | "principal">;

/**
 * What the bearer of the secret with this hash may touch, or null when no live key has it. Notes the use, to the
 * minute. As the look-up is by hash, the time taken says nothing about how much of a guess was right.
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
      lastUsedAt: true,
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
  const now = services.now();
  if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() > LAST_USED_PRECISION) {
    await services.db.prisma.apiKey.update({ where: { id: key.id }, data: { lastUsedAt: now } });
  }
  const { workspace, ...environment } = key.environment;
  return {
    environment: { ...environment, workspaceName: workspace.name },
    principal: { type: "api_key", id: key.id, name: key.name },
  };
}
