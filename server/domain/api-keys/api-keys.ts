import type { ApiKeyView } from "@/schemas/api-keys/api-key";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { notFound } from "@/server/kernel/errors";
import { hashSecret, newId, newSecret } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";

const select = { id: true, name: true, hint: true, createdAt: true, lastUsedAt: true, revokedAt: true } as const;
const HINT_LENGTH = "sk_live_".length + 4;

/** Creates a key. Its secret is returned only here, since only the hash is stored. */
export async function createApiKey(
  scope: EnvironmentScope,
  input: { readonly name: string },
): Promise<{ readonly key: ApiKeyView; readonly secret: string }> {
  const now = scope.now();
  const secret = `sk_${scope.environment.kind === "production" ? "live" : "test"}_${newSecret()}`;
  const key = await scope.db.prisma.$transaction(async (tx) => {
    const row = await tx.apiKey.create({
      data: {
        id: newId("api_key", now),
        environmentPk: scope.environment.pk,
        name: input.name,
        secretHash: hashSecret(secret),
        hint: secret.slice(0, HINT_LENGTH),
        createdAt: now,
      },
      select,
    });
    await recordActivity(tx, scope, "api_key.created", { apiKeyId: row.id, name: row.name });
    return row;
  });
  return { key, secret };
}

/** Lists the environment's keys, newest first, including revoked ones. */
export function listApiKeys(scope: EnvironmentScope): Promise<ApiKeyView[]> {
  return scope.db.prisma.apiKey.findMany({
    where: { environmentPk: scope.environment.pk },
    select,
    orderBy: { id: "desc" },
  });
}

/**
 * Revokes a key; every process rejects it within a second. Revoking it again does nothing.
 * @throws DomainError `not_found`
 */
export async function revokeApiKey(scope: EnvironmentScope, apiKeyId: string): Promise<ApiKeyView> {
  return scope.db.prisma.$transaction(async (tx) => {
    const mine = { id: apiKeyId, environmentPk: scope.environment.pk };
    const { count } = await tx.apiKey.updateMany({
      where: { ...mine, revokedAt: null },
      data: { revokedAt: scope.now() },
    });
    const row = await tx.apiKey.findFirst({ where: mine, select });
    if (!row) throw notFound("API key", apiKeyId);
    if (count > 0) await recordActivity(tx, scope, "api_key.revoked", { apiKeyId, name: row.name });
    return row;
  });
}
