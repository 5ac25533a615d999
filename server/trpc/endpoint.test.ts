import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { VERSION } from "@/server/kernel/version";
import { test } from "@/server/testing/fixtures";
import { portalEndpoint, staffEndpoint } from "./endpoint";

/** Returns a function that sends an internal tool's request with `calls` batched calls. */
async function createSender(environment: EnvironmentScope, calls: number, limit = 1_000_000_000) {
  const services = { ...environment, config: { ...environment.config, rateLimitPerMinute: limit } };
  const { secret } = await createApiKey(environment, { name: "tool" });
  return async (endpoint: typeof staffEndpoint) => {
    const paths = Array.from({ length: calls }, () => "organizations.list").join(",");
    const input = JSON.stringify(Object.fromEntries(Array.from({ length: calls }, (_, n) => [n, { json: {} }])));
    const area = endpoint === staffEndpoint ? "trpc" : "portal";
    const url = `http://localhost:3000/api/${area}/${paths}?batch=1&input=${encodeURIComponent(input)}`;
    const response = await endpoint(services, new Request(url, { headers: { authorization: `Bearer ${secret}` } }));
    return { status: response.status, body: await response.text() };
  };
}

test("a request can batch at most 20 calls", async ({ environment }) => {
  expect(await (await createSender(environment, 20))(staffEndpoint)).toMatchObject({ status: 200 });
  const rejected = { status: 400, body: expect.stringContaining("exceeds maximum size") as string };
  expect(await (await createSender(environment, 21))(staffEndpoint)).toEqual(rejected);
  expect(await (await createSender(environment, 21))(portalEndpoint)).toEqual(rejected);
});

test("each call in an API key's batch counts against the rate limit of its environment", async ({ environment }) => {
  const send = await createSender(environment, 20, 50);
  expect(await send(staffEndpoint)).toMatchObject({ status: 200 });
  expect(await send(staffEndpoint)).toMatchObject({ status: 200 });
  expect(await send(staffEndpoint)).toMatchObject({ status: 429 });
});

test("a response names the server's version, by which pages recognize an upgrade", async ({ world }) => {
  const headers = { authorization: "Bearer sk_unknown" };
  const removed = new Request("http://localhost:3000/api/trpc/removed.procedure", { headers });
  const response = await staffEndpoint(world.services, removed);
  expect([response.status, response.headers.get("x-trailport-version")]).toEqual([404, VERSION]);
});
