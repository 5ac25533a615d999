import { createServer } from "node:http";
import { expect } from "vitest";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import type { Services } from "@/server/kernel/services";
import { test } from "@/server/testing/fixtures";
import { listen } from "@/server/testing/listen";
import { setClientAddress } from "./client-address";
import { redemptionEndpoint } from "./redemption-endpoint";

/** Serves the endpoint over HTTP, behind `trustedProxies` proxies. */
async function serve(services: Services, trustedProxies: number) {
  const server = createServer((request, response) => {
    setClientAddress(request, trustedProxies);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const url = new URL(request.url ?? "/", "http://localhost");
      void redemptionEndpoint(
        services,
        new Request(url, { method: "POST", headers, body: Buffer.concat(chunks) }),
      ).then((redirect) => response.writeHead(redirect.status, Object.fromEntries(redirect.headers)).end());
    });
  });
  const { url, close } = await listen(server);
  const post = async (body: string | URLSearchParams, headers: Record<string, string>) => {
    const response = await fetch(url, { method: "POST", body, redirect: "manual", headers });
    return response.headers.get("location");
  };
  return {
    post,
    redeem: (token: string, forwardedFor: string) =>
      post(new URLSearchParams({ token }), { "x-forwarded-for": forwardedFor }),
    close,
  };
}

const UNKNOWN = "/portal/launch?problem=unknown";

test("a client that guesses links has to wait, longer each time, and others do not", async ({
  world,
  organization,
}) => {
  const { redeem, close } = await serve(world.services, 1);
  const guess = (from: string) => redeem("made up", from);
  const locations = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(`192.0.2.${n}, 203.0.113.7`)));
  expect(locations.filter((each) => each === UNKNOWN)).toHaveLength(30);
  expect(locations.filter((each) => each === "/portal/launch?problem=too_many&wait=60")).toHaveLength(10);
  expect(await guess("203.0.113.8")).toBe(UNKNOWN);
  // A customer usually has a whole /64 of IPv6 addresses.
  await Promise.all(Array.from({ length: 30 }, (_, n) => guess(`[2001:db8::${n}]:443`)));
  expect(await guess("2001:db8:0:0:1::1")).toMatch(/too_many/);
  expect(await guess("2001:db8:0:1::1")).toBe(UNKNOWN);

  const { link } = await createPortalLink(organization, { intent: "audit_logs", returnUrl: null, successUrl: null });
  const token = new URL(link).searchParams.get("token") ?? "";
  expect(await redeem(token, "203.0.113.7")).toMatch(/too_many/);
  expect(await redeem(token, "203.0.113.8")).toBe("/portal");

  world.clock.now = new Date(world.clock.now.getTime() + 60_000);
  for (let n = 0; n < 30; n++) expect(await guess("203.0.113.7")).toBe(UNKNOWN);
  expect(await guess("203.0.113.7")).toBe("/portal/launch?problem=too_many&wait=120");
  await close();
});

test("valid links do not count as guesses, however many one client opens", async ({ world, organization }) => {
  const { redeem, close } = await serve(world.services, 1);
  for (let n = 0; n < 35; n++) {
    const { link } = await createPortalLink(organization, { intent: "audit_logs", returnUrl: null, successUrl: null });
    expect(await redeem(new URL(link).searchParams.get("token") ?? "", "203.0.113.20")).toBe("/portal");
  }
  await close();
});

test.for([
  ["JSON", { "content-type": "application/json" }, '{"token":"x"}', "203.0.113.31"],
  ["no body and no type", {}, "", "203.0.113.32"],
  ["a broken form", { "content-type": "multipart/form-data; boundary=a" }, "--b\r\n", "203.0.113.33"],
] as const)("a request with %s contains no token and counts as a guess", async ([, headers, body, from], { world }) => {
  const { post, close } = await serve(world.services, 1);
  const send = () => post(body, { ...headers, "x-forwarded-for": from });
  for (let n = 0; n < 30; n++) expect(await send()).toBe(UNKNOWN);
  expect(await send()).toMatch(/too_many/);
  await close();
});

test("without a trusted proxy, a client cannot fake its address with a header", async ({ world }) => {
  const { redeem, close } = await serve(world.services, 0);
  const locations = await Promise.all(Array.from({ length: 31 }, (_, n) => redeem("made up", `198.51.100.${n}`)));
  expect(locations.filter((each) => each !== UNKNOWN)).toHaveLength(1);
  await close();
});

test("with https in PUBLIC_URL, a request over http leaves the link unused", async ({ world, organization }) => {
  const config = { ...world.services.config, publicUrl: "https://audit.vendor.example" };
  const { post, close } = await serve({ ...world.services, config }, 1);
  const { link } = await createPortalLink(organization, { intent: "audit_logs", returnUrl: null, successUrl: null });
  const token = new URLSearchParams({ token: new URL(link).searchParams.get("token") ?? "" });
  const from = { "x-forwarded-for": "203.0.113.40" };
  const insecure = "/portal/launch?problem=insecure";
  expect(await post(token, from)).toBe(insecure);
  expect(await post(token, { ...from, "x-forwarded-proto": "http" })).toBe(insecure);
  // The link is still unused. A proxy that removed the encryption may leave its own host and scheme in the headers.
  expect(await post(token, { ...from, "x-forwarded-proto": "http", "sec-fetch-site": "same-origin" })).toBe("/portal");
  expect(await post(token, { ...from, "x-forwarded-proto": "https" })).toBe("/portal/launch?problem=used");
  await close();
});
