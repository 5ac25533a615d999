import superjson from "superjson";
import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import type { ServiceConfig } from "@/server/kernel/services";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { VERSION } from "@/server/kernel/version";
import { test } from "@/server/testing/fixtures";
import { portalCookies } from "@/server/auth/portal-session";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { redeemPortalLink } from "@/server/domain/portal/portal-sessions";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { createMember, createWorkspace } from "@/server/testing/staff";
import { createResetLink } from "@/server/domain/account/password-reset";
import { inAnotherProcess } from "@/server/testing/services";
import { portalEndpoint, staffEndpoint } from "./endpoint";

/** Returns a function that sends an internal tool's request with `calls` batched calls. */
async function createSender(environment: EnvironmentScope, calls: number, limits: Partial<ServiceConfig> = {}) {
  const services = inAnotherProcess({ ...environment, config: { ...environment.config, ...limits } });
  const { secret } = await createApiKey(environment, { name: "tool" });
  return async (endpoint: typeof staffEndpoint, { key = secret, address = "192.0.2.1" } = {}) => {
    const paths = Array.from({ length: calls }, () => "organizations.list").join(",");
    const input = JSON.stringify(Object.fromEntries(Array.from({ length: calls }, (_, n) => [n, { json: {} }])));
    const area = endpoint === staffEndpoint ? "trpc" : "portal";
    const url = `http://localhost:3000/api/${area}/${paths}?batch=1&input=${encodeURIComponent(input)}`;
    const headers = { authorization: `Bearer ${key}`, "x-trailport-client-address": address };
    const response = await endpoint(services, new Request(url, { headers }));
    return {
      status: response.status,
      body: await response.text(),
      retryAfter: response.headers.get("retry-after"),
    };
  };
}

/** Returns a function that calls `events.list` with a body, and reports how much of it was read. */
async function createPoster(environment: EnvironmentScope) {
  const { secret } = await createApiKey(environment, { name: "tool" });
  return async (body: string, { key = secret, path = "events.list", type = "application/json" } = {}) => {
    const bytes = Buffer.from(body);
    let read = 0;
    // Nothing is read ahead of what the endpoint asks for.
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const chunk = bytes.subarray(read, read + 4_000);
          read += chunk.length;
          if (chunk.length > 0) controller.enqueue(chunk);
          else controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const headers = { authorization: `Bearer ${key}`, "content-type": type };
    const init = { method: "POST", headers, body: stream, duplex: "half" } as RequestInit;
    const response = await staffEndpoint(environment, new Request(`http://localhost:3000/api/trpc/${path}`, init));
    return { status: response.status, read, body: await response.text() };
  };
}

/** The attack: filters with many values that are no texts. */
const hostile = (values: number) =>
  JSON.stringify({
    json: { organizationId: "org_1", filters: { targetIds: Array.from({ length: values }, () => ({})) } },
  });

test("a request can batch at most 20 calls", async ({ environment }) => {
  expect(await (await createSender(environment, 20))(staffEndpoint)).toMatchObject({ status: 200 });
  const rejected = { status: 400, body: expect.stringContaining("exceeds maximum size") as string };
  expect(await (await createSender(environment, 21))(staffEndpoint)).toMatchObject(rejected);
  expect(await (await createSender(environment, 21))(portalEndpoint)).toMatchObject(rejected);
});

test("each call in an API key's batch counts against the rate limit of its environment", async ({ environment }) => {
  const send = await createSender(environment, 20, { rateLimitPerMinute: 50 });
  expect(await send(staffEndpoint)).toMatchObject({ status: 200 });
  expect(await send(staffEndpoint)).toMatchObject({ status: 200 });
  expect(await send(staffEndpoint)).toMatchObject({ status: 429, retryAfter: "10" });
});

test("calls without access are limited per address", async ({ environment }) => {
  const send = await createSender(environment, 20, { callLimitPerMinute: 50 });
  const anonymous = (address: string) => send(staffEndpoint, { key: "sk_unknown", address });
  expect(await anonymous("192.0.2.1")).toMatchObject({ status: 401, retryAfter: null });
  expect(await anonymous("192.0.2.1")).toMatchObject({ status: 401 });
  expect(await anonymous("192.0.2.1")).toMatchObject({
    status: 429,
    retryAfter: "10",
    body: expect.stringContaining("Too many requests. Try again in a few seconds.") as string,
  });
  expect(await anonymous("192.0.2.2")).toMatchObject({ status: 401 });
});

test("calls with an API key count against the limit of their address, too", async ({ environment }) => {
  const send = await createSender(environment, 20, { callLimitPerMinute: 2 });
  expect(await send(staffEndpoint)).toMatchObject({ status: 200 });
  expect(await send(staffEndpoint)).toMatchObject({ status: 429 });
  expect(await send(staffEndpoint, { address: "192.0.2.2" })).toMatchObject({ status: 200 });
});

test("without access, no more than 16 kB of a body are read", async ({ environment }) => {
  const post = await createPoster(environment);
  const { status, read, body } = await post(hostile(300_000), { key: "sk_unknown" });
  expect(status).toBe(413);
  expect(read).toBeLessThanOrEqual(20_000);
  expect(body).toContain("The request has more than 16000 bytes.");
  expect(await post(hostile(100), { key: "sk_unknown" })).toMatchObject({ status: 401 });
});

test("a caller without access gets 401 for input of any form, because it is not parsed", async ({ environment }) => {
  const post = await createPoster(environment);
  for (const path of ["events.list", "organizations.list", "account.current", "portal.session"])
    for (const body of ["{", hostile(1), JSON.stringify({ json: 10, meta: { values: ["bigint"] } })])
      expect(await post(body, { key: "sk_unknown", path })).toMatchObject({ status: 401 });
});

test("input with more values than any procedure needs is rejected before it is parsed", async ({ environment }) => {
  const post = await createPoster(environment);
  expect(await post(hostile(300_000))).toMatchObject({
    status: 413,
    body: expect.stringContaining("more than 10000 values") as string,
  });
  const annotations = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [n, ["Date"]]));
  expect(await post(JSON.stringify({ json: {}, meta: { values: annotations } }))).toMatchObject({ status: 413 });
  expect(await post(hostile(1).padEnd(1_000_001))).toMatchObject({ status: 413 });
});

test("an error lists at most 100 problems of an input", async ({ environment, organization }) => {
  const post = await createPoster(environment);
  const values = Array.from({ length: 100 }, () => ({}));
  const filters = { actions: values, targetIds: values };
  const input = { json: { organizationId: organization.organization.id, filters } };
  const { status, body } = await post(JSON.stringify(input));
  expect(status).toBe(400);
  const { error } = JSON.parse(body) as { error: { json: { data: { violations: unknown[] } } } };
  expect(error.json.data.violations).toHaveLength(100);
});

test("bodies of media types that no procedure accepts are not read", async ({ environment }) => {
  const post = await createPoster(environment);
  for (const type of ["multipart/form-data; boundary=x", "application/octet-stream", "text/plain"]) {
    const { status, read } = await post(`--x\r\n${"y".repeat(100_000)}`, { type });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(read).toBe(0);
  }
});

test("filters with all values that they may have are accepted", async ({ environment, organization }) => {
  const post = await createPoster(environment);
  const values = Array.from({ length: 100 }, (_, n) => `${"v".repeat(100)}${n}`);
  const fields = { actions: values, actorIds: values, actorNames: values, targetIds: values, targetTypes: values };
  const filters = { ...fields, exclude: fields, from: new Date("2026-01-01"), to: new Date("2027-01-01") };
  const input = superjson.serialize({ organizationId: organization.organization.id, filters });
  // Reads are queries, which a request with a body names in its path.
  const response = await post(JSON.stringify(input));
  expect(response).toMatchObject({ status: 200 });
});

test("a response names the server's version, by which pages recognize an upgrade", async ({ world }) => {
  const headers = { authorization: "Bearer sk_unknown" };
  const removed = new Request("http://localhost:3000/api/trpc/removed.procedure", { headers });
  const response = await staffEndpoint(world.services, removed);
  expect([response.status, response.headers.get("x-trailport-version")]).toEqual([404, VERSION]);
});

/** Opens the portal; returns the session's key and the browser's cookie for it. */
async function openPortal(of: OrganizationScope): Promise<{ readonly key: string; readonly cookie: string }> {
  const { link } = await createPortalLink(of, { intent: "audit_logs", returnUrl: null, successUrl: null });
  const redeemed = await redeemPortalLink(of, new URL(link).searchParams.get("token") ?? "");
  if (typeof redeemed === "string") throw new Error(redeemed);
  const [cookie = ""] = portalCookies(of.config, redeemed, null)[0]?.split(";") ?? [];
  return { key: redeemed.id.slice("portal_session_".length), cookie };
}

test("each page's calls belong to the portal session that the page was rendered for", async ({
  world: { services },
  organization,
  stranger,
}) => {
  const [own, foreign] = [await openPortal(organization), await openPortal(stranger)];
  const both = `${own.cookie}; ${foreign.cookie}`;
  const call = async (procedure: string, cookie: string, key: string | null, method = "GET") => {
    const headers = {
      cookie,
      "content-type": "application/json",
      ...(key !== null && { "x-trailport-portal-session": key }),
    };
    const request = new Request(`http://localhost:3000/api/portal/${procedure}`, { method, headers });
    const response = await portalEndpoint(services, request);
    return { status: response.status, body: await response.text() };
  };
  const session = (cookie: string, key: string | null) => call("portal.session", cookie, key);
  expect((await session(both, own.key)).body).toContain(organization.organization.id);
  expect((await session(both, foreign.key)).body).toContain(stranger.organization.id);
  // A page whose own session is gone gets nothing of the other one.
  expect(await session(foreign.cookie, own.key)).toMatchObject({ status: 401 });
  expect(await session(both, null)).toMatchObject({ status: 401 });
  expect(await call("portal.signOut", both, own.key, "POST")).toMatchObject({ status: 200 });
  expect(await session(both, own.key)).toMatchObject({ status: 401 });
  expect(await session(both, foreign.key)).toMatchObject({ status: 200 });
});

test.for([
  ["http://localhost:3000", "http://localhost:3000", true],
  ["http://localhost:3000", "https://localhost:3000", true],
  ["http://localhost:3000", "http://localhost:3001", false],
  ["https://audit.example", "https://audit.example", true],
  ["https://audit.example", "http://audit.example", false],
  ["https://audit.example", "https://audit.example.evil.example", false],
  ["https://audit.example", "null", false],
  ["https://audit.example", "", false],
] as const)("at %s, a mutation from the origin %s is allowed: %s", async ([publicUrl, origin, ok], { world }) => {
  const services = { ...world.services, config: { ...world.services.config, publicUrl } };
  const request = new Request(`${publicUrl}/api/portal/portal.signOut`, {
    method: "POST",
    headers: { origin, host: new URL(publicUrl).host, "content-type": "application/json" },
  });
  // Without a session, an allowed request is merely not signed in.
  expect((await portalEndpoint(services, request)).status).toBe(ok ? 401 : 403);
});

test("after 30 made-up links from one address, a link that exists still works", async ({ world: { services } }) => {
  const owner = await createMember(services, await createWorkspace(services), { role: "owner" });
  const delivery = await createResetLink(owner, owner.member.id);
  const token = delivery.kind === "unsent" ? new URL(delivery.link).searchParams.get("token") : null;
  const reset = async (token: string | null) => {
    const request = new Request("http://localhost:3000/api/portal/account.resetPassword", {
      method: "POST",
      headers: { "content-type": "application/json", "x-trailport-client-address": "203.0.113.40" },
      body: JSON.stringify({ json: { token, password: "four words that differ" } }),
    });
    return (await portalEndpoint(services, request)).status;
  };
  const statuses = await Promise.all(Array.from({ length: 40 }, () => reset("made up")));
  expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  expect(await reset(token)).toBe(200);
  expect(await reset("made up")).toBe(429);
});

test("a key without the scope of a procedure gets a 403 that names it, and no key can create keys", async ({
  environment,
}) => {
  const { secret } = await createApiKey(environment, { name: "tool", scopes: ["events:read"] });
  const all = await createApiKey(environment, { name: "everything" });
  const post = async (path: string, key: string, json: object) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const url = `http://localhost:3000/api/trpc/${path}`;
    const response = await staffEndpoint(
      environment,
      new Request(url, { method: "POST", headers, body: JSON.stringify({ json }) }),
    );
    return { status: response.status, body: await response.text() };
  };
  const named = (text: string) => expect.stringContaining(text) as string;
  expect(await post("organizations.create", secret, { name: "Acme" })).toEqual({
    status: 403,
    body: named("'manage'"),
  });
  expect(await post("organizations.create", all.secret, { name: "Acme" })).toMatchObject({ status: 200 });
  expect(await post("apiKeys.create", all.secret, { name: "heir" })).toEqual({ status: 403, body: named("API key") });
  expect(await environment.db.prisma.apiKey.count({ where: { name: "heir" } })).toBe(0);
});
