import { describe, expect } from "vitest";
import { KEY_SCOPES, type KeyScope } from "@/schemas/api-keys/api-key";
import { createApiKey, listApiKeys } from "@/server/domain/api-keys/api-keys";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { test } from "@/server/testing/rest-fixtures";
import { documentedRoutes } from "./routes";

const EXPECTED: readonly (readonly [KeyScope, RegExp])[] = [
  ["events:write", /^POST \/audit_logs\/events/],
  ["events:read", /^GET \/audit_logs\/events/],
  ["exports", /^\w+ \/audit_logs\/exports/],
  ["portal", /^\w+ \/portal/],
  ["manage", /^\w+ \/(organizations|audit_logs\/actions)/],
];

const operations = documentedRoutes.flatMap(({ path, operations }) =>
  Object.entries(operations)
    .filter(([, { documentation }]) => documentation.access === "key")
    .map(([method]) => ({ method, path, name: `${method} ${path}` })),
);

async function bearer(environment: EnvironmentScope, scopes: readonly KeyScope[]) {
  const { secret } = await createApiKey(environment, { name: scopes.join(), scopes });
  return { authorization: `Bearer ${secret}` };
}

describe.each(operations)("$name", ({ method, path, name }) => {
  test("needs exactly one scope, and a key without it gets a 403 that names it", async ({ call, environment }) => {
    const [needed] = EXPECTED.find(([, pattern]) => pattern.test(name)) ?? ["none"];
    const send = async (scopes: readonly KeyScope[]) => {
      const body = method === "GET" || method === "DELETE" ? undefined : {};
      return call(method, path.replaceAll(/\{\w+\}/g, "none"), body, await bearer(environment, scopes));
    };
    expect(await send(KEY_SCOPES.filter((each) => each !== needed))).toMatchObject({
      status: 403,
      body: { code: "insufficient_scope", message: expect.stringContaining(`'${needed}'`) as string },
    });
    const { status } = await send(KEY_SCOPES.filter((each) => each === needed));
    expect([200, 201, 404, 422]).toContain(status);
  });
});

test("a key whose scopes are reduced in the database loses them within seconds", async ({ call, environment }) => {
  const authorization = await bearer(environment, ["manage"]);
  const status = async () => (await call("GET", "/organizations", undefined, authorization)).status;
  expect(await status()).toBe(200);
  await environment.db.query(`UPDATE api_key SET scopes = '{portal}' WHERE environment_pk = $1`, [
    environment.environment.pk,
  ]);
  await expect.poll(status, { timeout: 10_000 }).toBe(403);
});

test("a key records the address that last used it", async ({ call, environment }) => {
  // The web process sets this header on every request; its own test shows that clients can't.
  const headers = { ...(await bearer(environment, ["manage"])), "x-trailport-client-address": "192.0.2.7" };
  expect(await call("GET", "/organizations", undefined, headers)).toMatchObject({ status: 200 });
  const used = async () => {
    const { items } = await listApiKeys(environment, { limit: 10 });
    return items.find(({ name }) => name === "manage")?.lastUsedAddress;
  };
  await expect.poll(used, { timeout: 10_000 }).toBe("192.0.2.7");
});
