import { expect } from "vitest";
import { KEY_SCOPES } from "@/schemas/api-keys/api-key";
import { MAX_API_KEYS } from "@/schemas/limits";
import { hashSecret } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { createEnvironment } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { createApiKey, listApiKeys, revokeApiKey } from "./api-keys";
import { findApiKeyAccess } from "./authenticate";

const keyId = (n: number) => `api_key_${String(n).padStart(5, "0")}`;

/** Stores keys as an earlier version of Trailport did. */
async function storeKeys({ db, environment }: EnvironmentScope, numbers: number[], revokedAt: Date | null) {
  await db.query(
    `INSERT INTO api_key (id, environment_pk, name, secret_hash, hint, revoked_at)
     SELECT id || '_' || $1::int, $1, id, sha256((id || $1::int)::bytea), 'sk_live_abcd', $3 FROM unnest($2::text[]) AS id`,
    [environment.pk, numbers.map(keyId), revokedAt],
  );
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

async function listAll(scope: EnvironmentScope) {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listApiKeys>> = await listApiKeys(scope, { cursor, limit: 50 });
    expect(page.items.length).toBeLessThanOrEqual(50);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== null);
  return ids;
}

test("a key of a version without scopes may do everything and has no creator", async ({ environment, world }) => {
  await storeKeys(environment, [1], null);
  expect((await listApiKeys(environment, { limit: 10 })).items).toMatchObject([
    { name: keyId(1), scopes: KEY_SCOPES, createdBy: null, lastUsedAddress: null },
  ]);
  const access = await findApiKeyAccess(world.services, hashSecret(`${keyId(1)}${environment.environment.pk}`));
  expect([...(access?.keyScopes ?? [])].toSorted()).toEqual([...KEY_SCOPES].toSorted());
});

test("a new key has the chosen scopes and records who created it", async ({ environment }) => {
  const { key } = await createApiKey(environment, { name: "ingest", scopes: ["exports", "events:write", "exports"] });
  expect(key).toMatchObject({ scopes: ["events:write", "exports"], createdBy: "Grace Hopper" });
  expect((await listApiKeys(environment, { limit: 10 })).items).toEqual([key]);
  const [activity] = await environment.db.prisma.activity.findMany({ where: { action: "api_key.created" } });
  expect(activity?.details).toMatchObject({ name: "ingest", scopes: "events:write, exports" });
});

test("an API key can't create API keys", async ({ environment }) => {
  const principal = { type: "api_key", id: "api_key_1", name: "leaked" } as const;
  const attempt = createApiKey({ ...environment, principal }, { name: "heir" });
  await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
  expect((await listApiKeys(environment, { limit: 10 })).items).toEqual([]);
});

test("parallel calls can't exceed the number of keys that an environment may have", async ({ environment, world }) => {
  await storeKeys(environment, numbers(MAX_API_KEYS.active - 2), null);
  const create = () => createApiKey(environment, { name: "one more" });
  const results = await Promise.allSettled(Array.from({ length: 8 }, create));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  await expect(create()).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringContaining("200") as string,
  });
  const [newest] = (await listApiKeys(environment, { limit: 1 })).items;
  await revokeApiKey(environment, newest?.id ?? "");
  await create();
  expect(await listAll(environment)).toHaveLength(MAX_API_KEYS.active + 1);
  await createApiKey(await createEnvironment(world.services), { name: "of another environment" });
});

test("of revoked keys, the newest 1,000 are kept and listed in pages", async ({ environment }) => {
  await storeKeys(environment, numbers(MAX_API_KEYS.revoked + 5), new Date());
  await storeKeys(environment, [90_001], null);
  const { key } = await createApiKey(environment, { name: "new" });
  const own = `_${environment.environment.pk}`;
  const kept = numbers(MAX_API_KEYS.revoked).map((n) => keyId(n + 5) + own);
  expect((await listAll(environment)).toSorted()).toEqual([key.id, keyId(90_001) + own, ...kept].toSorted());
});
