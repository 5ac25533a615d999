import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { test } from "@/server/testing/fixtures";
import { portalEndpoint, staffEndpoint } from "./endpoint";

/** An internal tool's request with so many calls in it; answers the status of each, or of the request where it is one. */
async function ask(environment: EnvironmentScope, calls: number, limit = 1_000_000_000) {
  const services = { ...environment, config: { ...environment.config, rateLimitPerMinute: limit } };
  const { secret } = await createApiKey(environment, { name: "tool" });
  return async (endpoint: typeof staffEndpoint) => {
    const paths = Array.from({ length: calls }, () => "organizations.list").join(",");
    const input = JSON.stringify(Object.fromEntries(Array.from({ length: calls }, (_, n) => [n, { json: {} }])));
    const area = endpoint === staffEndpoint ? "trpc" : "portal";
    const url = `http://localhost:3000/api/${area}/${paths}?batch=1&input=${encodeURIComponent(input)}`;
    const answer = await endpoint(services, new Request(url, { headers: { authorization: `Bearer ${secret}` } }));
    return { status: answer.status, body: await answer.text() };
  };
}

test("a request holds 20 calls at most", async ({ environment }) => {
  expect(await (await ask(environment, 20))(staffEndpoint)).toMatchObject({ status: 200 });
  const refused = { status: 400, body: expect.stringContaining("exceeds maximum size") as string };
  expect(await (await ask(environment, 21))(staffEndpoint)).toEqual(refused);
  expect(await (await ask(environment, 21))(portalEndpoint)).toEqual(refused);
});

test("each call of a key's request counts against its environment's minute", async ({ environment }) => {
  const send = await ask(environment, 20, 50);
  expect(await send(staffEndpoint)).toMatchObject({ status: 200 });
  expect(await send(staffEndpoint)).toMatchObject({ status: 200 });
  expect(await send(staffEndpoint)).toMatchObject({ status: 429 });
});
