import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { VERSION } from "@/server/kernel/version";
import { test } from "@/server/testing/fixtures";
import { portalCookies } from "@/server/auth/portal-session";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { redeemPortalLink } from "@/server/domain/portal/portal-sessions";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { createMember, createWorkspace } from "@/server/testing/staff";
import { createResetLink } from "@/server/domain/account/password-reset";
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
