import type { Prisma } from "@/prisma/generated/client";
import { KEY_SCOPES, type ApiKeyView, type KeyScope } from "@/schemas/api-keys/api-key";
import { MAX_API_KEYS } from "@/schemas/limits";
import type { Page } from "@/schemas/paging";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { idPage } from "@/server/domain/paging/id-page";
import { DomainError, notFound } from "@/server/kernel/errors";
import { hashSecret, newId, newSecret } from "@/server/kernel/ids";
import type { EnvironmentScope, Principal } from "@/server/kernel/scopes";

const select = {
  id: true,
  name: true,
  hint: true,
  scopes: true,
  createdBy: true,
  createdAt: true,
  lastUsedAt: true,
  lastUsedAddress: true,
  revokedAt: true,
} as const;
const HINT_LENGTH = "sk_live_".length + 4;

/**
 * Creates a key. Its secret is returned only here, since only the hash is stored.
 * @param input.scopes What the key may do; everything if not given.
 * @throws DomainError `invalid_input` if the environment has as many keys as it may have; `forbidden` for an API key, which
 * would outlive its own revocation by the keys that it created
 */
export async function createApiKey(
  scope: EnvironmentScope,
  input: { readonly name: string; readonly scopes?: readonly KeyScope[] },
): Promise<{ readonly key: ApiKeyView; readonly secret: string }> {
  if (scope.principal.type === "api_key") {
    throw new DomainError("forbidden", "An API key can't create API keys. Sign in to the dashboard to create one.");
  }
  const now = scope.now();
  const secret = `sk_${scope.environment.kind === "production" ? "live" : "test"}_${newSecret()}`;
  const scopes = KEY_SCOPES.filter((each) => input.scopes?.includes(each) ?? true);
  const key = await scope.db.prisma.$transaction(async (tx) => {
    await makeRoom(tx, scope.environment.pk);
    const row = await tx.apiKey.create({
      data: {
        id: newId("api_key", now),
        environmentPk: scope.environment.pk,
        name: input.name,
        secretHash: hashSecret(secret),
        hint: secret.slice(0, HINT_LENGTH),
        scopes,
        createdBy: scope.principal,
        createdAt: now,
      },
      select,
    });
    const details = { apiKeyId: row.id, name: row.name, scopes: scopes.join(", ") };
    await recordActivity(tx, scope, "api_key.created", details);
    return row;
  });
  return { key: viewOf(key), secret };
}

/**
 * Makes sure that the environment may have one more key, and deletes revoked keys beyond the newest ones. The activity keeps
 * who created and revoked them.
 */
async function makeRoom(tx: Prisma.TransactionClient, environmentPk: number): Promise<void> {
  // Keys of one environment are created one after another, so that parallel calls can't exceed the limit.
  await tx.$queryRaw`SELECT 1 FROM environment WHERE pk = ${environmentPk}::int FOR NO KEY UPDATE`;
  const active = await tx.apiKey.count({ where: { environmentPk, revokedAt: null } });
  if (active >= MAX_API_KEYS.active) {
    throw new DomainError(
      "invalid_input",
      `This environment has ${active} API keys and can't have more than ${MAX_API_KEYS.active}. Revoke keys that aren't used.`,
    );
  }
  const revoked = { environmentPk, revokedAt: { not: null } };
  const kept = await tx.apiKey.findFirst({
    where: revoked,
    orderBy: { id: "desc" },
    skip: MAX_API_KEYS.revoked - 1,
    select: { id: true },
  });
  if (kept) await tx.apiKey.deleteMany({ where: { ...revoked, id: { lt: kept.id } } });
}

/** Lists the environment's keys, newest first, including revoked ones. */
export async function listApiKeys(
  scope: EnvironmentScope,
  { cursor = null, limit }: { readonly cursor?: string | null | undefined; readonly limit: number },
): Promise<Page<ApiKeyView>> {
  const { items, after } = await idPage({ order: "desc", before: null, after: cursor, limit }, ({ where, ...query }) =>
    scope.db.prisma.apiKey.findMany({ ...query, where: { ...where, environmentPk: scope.environment.pk }, select }),
  );
  return { items: items.map(viewOf), next: after };
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
    return viewOf(row);
  });
}

function viewOf({ scopes, createdBy, ...row }: Prisma.ApiKeyGetPayload<{ select: typeof select }>): ApiKeyView {
  return {
    ...row,
    scopes: KEY_SCOPES.filter((scope) => scopes.includes(scope)),
    // Written above from the scope's principal.
    createdBy: (createdBy as Principal | null)?.name ?? null,
  };
}
