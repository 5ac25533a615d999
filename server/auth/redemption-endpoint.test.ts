import { createServer } from "node:http";
import { expect, onTestFinished } from "vitest";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { endPortalSession, findPortalSession } from "@/server/domain/portal/portal-sessions";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { test } from "@/server/testing/fixtures";
import { listen } from "@/server/testing/listen";
import { setClientAddress } from "./client-address";
import { findNewestPortal, findPortal } from "./portal-session";
import { previewLaunch, redemptionEndpoint } from "./redemption-endpoint";
import { ensureVisitor } from "./visitor-cookie";

const PAGE = "/portal/launch";

/** Serves over HTTP, behind `trustedProxies` proxies, what a link's page shows (GET) and its form (POST). */
async function serve(services: Services, trustedProxies = 1) {
  const server = createServer((request, response) => {
    setClientAddress(request, trustedProxies);
    const url = new URL(request.url ?? "/", "http://localhost");
    ensureVisitor(url.pathname, request, response, services.config.publicUrl);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      if (request.method === "GET") {
        const shown = previewLaunch(services, url.searchParams.get("token") ?? "", headers.get("cookie"));
        return void shown.then((page) => response.end(JSON.stringify(page)));
      }
      const form = new Request(url, { method: "POST", headers, body: Buffer.concat(chunks) });
      void redemptionEndpoint(services, form).then((redirect) => {
        for (const cookie of redirect.headers.getSetCookie()) response.appendHeader("set-cookie", cookie);
        response.writeHead(redirect.status, { location: redirect.headers.get("location") ?? "" }).end();
      });
    });
  });
  const { url, close } = await listen(server);
  onTestFinished(close);
  const post = async (body: string | URLSearchParams, headers: Record<string, string>) => {
    const response = await fetch(`${url}/portal/redeem`, { method: "POST", body, redirect: "manual", headers });
    return { location: response.headers.get("location") ?? "", set: response.headers.getSetCookie() };
  };
  return { url, post, newBrowser: (address = "203.0.113.99") => new Browser(url, post, address) };
}

/** A browser that keeps cookies, opens pages and sends their forms. */
class Browser {
  readonly jar = new Map<string, string>();

  constructor(
    readonly url: string,
    readonly post: (
      body: URLSearchParams,
      headers: Record<string, string>,
    ) => Promise<{ readonly location: string; readonly set: readonly string[] }>,
    readonly address: string,
  ) {}

  get cookies(): string {
    return Array.from(this.jar, ([name, value]) => `${name}=${value}`).join("; ");
  }

  keep(set: readonly string[]): void {
    for (const cookie of set) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === "") this.jar.delete(name);
      else this.jar.set(name, value);
    }
  }

  /** Opens a link's page. */
  async open(token: string): Promise<{ readonly state: string; readonly formToken?: string }> {
    const response = await fetch(`${this.url}${PAGE}?token=${token}`, { headers: { cookie: this.cookies } });
    this.keep(response.headers.getSetCookie());
    return (await response.json()) as { readonly state: string; readonly formToken?: string };
  }

  /** Sends the form of a link's page. Without `keepResponse`, the response gets lost. */
  async submit(token: string, formToken = "", headers: Record<string, string> = {}, keepResponse = true) {
    const sent = { cookie: this.cookies, "x-forwarded-for": this.address, origin: "null", ...headers };
    const { location, set } = await this.post(new URLSearchParams({ token, form_token: formToken }), sent);
    if (keepResponse) this.keep(set);
    return location;
  }

  /** Opens a link and presses its button. Returns where that leads. */
  async redeem(token: string): Promise<string> {
    return this.submit(token, (await this.open(token)).formToken);
  }
}

async function newToken(organization: OrganizationScope): Promise<string> {
  const { link } = await createPortalLink(organization, { intent: "audit_logs", returnUrl: null, successUrl: null });
  return new URL(link).searchParams.get("token") ?? "";
}

const UNKNOWN = `${PAGE}?problem=unknown`;
const PORTAL = /^\/portal\/[0-9A-Z]{26}$/;

test("a client that guesses links has to wait, longer each time, but an existing link opens", async ({
  world,
  organization,
}) => {
  const { newBrowser } = await serve(world.services);
  const guess = (from: string) => newBrowser(from).redeem("made up");
  const locations = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(`192.0.2.${n}, 203.0.113.7`)));
  expect(locations.filter((each) => each === UNKNOWN)).toHaveLength(30);
  expect(locations.filter((each) => each === `${PAGE}?problem=too_many&wait=60`)).toHaveLength(10);
  expect(await guess("203.0.113.8")).toBe(UNKNOWN);
  // A customer usually has a whole /64 of IPv6 addresses.
  await Promise.all(Array.from({ length: 30 }, (_, n) => guess(`[2001:db8::${n}]:443`)));
  expect(await guess("2001:db8:0:0:1::1")).toMatch(/too_many/);
  expect(await guess("2001:db8:0:1::1")).toBe(UNKNOWN);

  expect(await newBrowser("203.0.113.7").redeem(await newToken(organization))).toMatch(PORTAL);
  expect(await guess("203.0.113.7")).toMatch(/too_many/);

  world.clock.now = new Date(world.clock.now.getTime() + 60_000);
  for (let n = 0; n < 30; n++) expect(await guess("203.0.113.7")).toBe(UNKNOWN);
  expect(await guess("203.0.113.7")).toBe(`${PAGE}?problem=too_many&wait=120`);
});

test("valid links do not count as guesses, however many one client opens", async ({ world, organization }) => {
  const { newBrowser } = await serve(world.services);
  for (let n = 0; n < 35; n++)
    expect(await newBrowser("203.0.113.20").redeem(await newToken(organization))).toMatch(PORTAL);
});

test.for([
  ["JSON", { "content-type": "application/json" }, '{"token":"x"}', "203.0.113.31"],
  ["no body and no type", {}, "", "203.0.113.32"],
  ["a broken form", { "content-type": "multipart/form-data; boundary=a" }, "--b\r\n", "203.0.113.33"],
] as const)("a request with %s contains no token and counts as a guess", async ([, headers, body, from], { world }) => {
  const { post } = await serve(world.services);
  const send = async () => (await post(body, { ...headers, "x-forwarded-for": from })).location;
  for (let n = 0; n < 30; n++) expect(await send()).toBe(UNKNOWN);
  expect(await send()).toMatch(/too_many/);
});

test("without a trusted proxy, a client cannot fake its address with a header", async ({ world }) => {
  const { newBrowser } = await serve(world.services, 0);
  const guess = (_: unknown, n: number) => newBrowser(`198.51.100.${n}`).redeem("made up");
  const locations = await Promise.all(Array.from({ length: 31 }, guess));
  expect(locations.filter((each) => each !== UNKNOWN)).toHaveLength(1);
});

test("only the browser that opened a link's page can send its form", async ({ world, organization }) => {
  const { newBrowser } = await serve(world.services);
  const token = await newToken(organization);
  const [victim, attacker] = [newBrowser(), newBrowser()];
  const { formToken = "" } = await attacker.open(token);
  const FORM = `${PAGE}?problem=form`;
  // Without cookies, with the token of another browser, with none, and with one for another link.
  expect(await victim.submit(token, formToken)).toBe(FORM);
  const own = await victim.open(token);
  expect(own.formToken).not.toBe(formToken);
  expect(await victim.submit(token, formToken)).toBe(FORM);
  expect(await victim.submit(token)).toBe(FORM);
  const other = await victim.open(await newToken(organization));
  expect(await victim.submit(token, other.formToken)).toBe(FORM);
  expect(await victim.submit(token, own.formToken)).toMatch(PORTAL);
});

test.for([
  ["http://localhost:3000", { origin: "https://evil.example" }, false],
  ["http://localhost:3000", { origin: "http://localhost:3001" }, false],
  ["http://localhost:3000", { "sec-fetch-site": "cross-site" }, false],
  ["http://localhost:3000", { "sec-fetch-site": "same-site" }, false],
  ["http://localhost:3000", { "sec-fetch-site": "same-origin", origin: "https://evil.example" }, false],
  ["http://localhost:3000", { origin: "http://localhost:3000" }, true],
  ["http://localhost:3000", { "sec-fetch-site": "same-origin" }, true],
  ["https://audit.example", { origin: "http://audit.example" }, false],
  ["https://audit.example", { origin: "https://audit.example:8443" }, false],
  ["https://audit.example", { origin: "https://audit.example" }, true],
] as const)("at %s, the form with the headers %o: %s", async ([publicUrl, headers, opens], { world, organization }) => {
  const services = { ...world.services, config: { ...world.services.config, publicUrl } };
  const { newBrowser } = await serve(services);
  const browser = newBrowser();
  const token = await newToken(organization);
  const { formToken = "" } = await browser.open(token);
  expect(await browser.submit(token, formToken, { ...headers })).toMatch(opens ? PORTAL : /problem=unknown$/);
  // A rejected form does not use up the link.
  if (!opens) expect(await browser.submit(token, formToken)).toMatch(PORTAL);
});

test("for a minute, the browser that redeemed a link can repeat that, and no other", async ({
  world,
  organization,
}) => {
  const { newBrowser } = await serve(world.services);
  const [browser, other] = [newBrowser(), newBrowser()];
  const token = await newToken(organization);
  const { formToken = "" } = await browser.open(token);
  const fromOther = await other.open(token);
  // Pressed twice, and the responses get lost.
  const press = () => browser.submit(token, formToken, {}, false);
  const [first, second] = await Promise.all([press(), press()]);
  expect(first).toMatch(PORTAL);
  expect(second).toBe(first);
  const USED = `${PAGE}?problem=used`;
  expect(await other.submit(token, fromOther.formToken)).toBe(USED);
  expect(await other.submit(token, formToken)).toBe(USED);
  expect((await other.open(token)).state).toBe("used");

  // The page was reloaded meanwhile.
  const reloaded = await browser.open(token);
  expect(reloaded.state).toBe("unused");
  world.clock.now = new Date(world.clock.now.getTime() + 59_999);
  expect(await browser.submit(token, reloaded.formToken)).toBe(first);
  expect(
    await world.services.db.prisma.portalSession.count({
      where: { organization: { id: organization.organization.id } },
    }),
  ).toBe(1);
  // Now it has the session, so the link has done its work.
  expect((await browser.open(token)).state).toBe("used");
  world.clock.now = new Date(world.clock.now.getTime() + 1);
  expect(await browser.submit(token, formToken)).toBe(USED);
});

test("signing out ends a session for good, even for the browser that could repeat its link", async ({
  world: { services },
  organization,
}) => {
  const { newBrowser } = await serve(services);
  const browser = newBrowser();
  const token = await newToken(organization);
  const key = (await browser.redeem(token)).split("/").at(-1) ?? "";
  const scope = await findPortal(services, browser.cookies, key);
  if (scope) await endPortalSession(scope);
  expect(await browser.redeem(token)).toBe(`${PAGE}?problem=used`);
});

test("two portals are open side by side in one browser, each under its own name", async ({
  world: { services },
  organization,
  stranger,
}) => {
  const { newBrowser } = await serve(services);
  const browser = newBrowser();
  const open = async (of: OrganizationScope) => (await browser.redeem(await newToken(of))).split("/").at(-1) ?? "";
  const [own, foreign] = [await open(organization), await open(stranger)];
  const found = async (key: string | null) =>
    (await findPortal(services, browser.cookies, key))?.organization.id ?? null;
  expect(await found(own)).toBe(organization.organization.id);
  expect(await found(foreign)).toBe(stranger.organization.id);
  for (const key of [null, "", "portal_session", own.toLowerCase()]) expect(await found(key)).toBeNull();
  // A secret only opens the session that its cookie names.
  const cookieOf = (key: string) => `trailport-portal-${key}`;
  const swapped = `${cookieOf(own)}=${browser.jar.get(cookieOf(foreign))}`;
  expect(await findPortal(services, swapped, own)).toBeNull();

  const second = await findPortal(services, browser.cookies, foreign);
  if (second) await endPortalSession(second);
  expect(await found(foreign)).toBeNull();
  expect(await found(own)).toBe(organization.organization.id);
  expect((await findNewestPortal(services, browser.cookies))?.organization.id).toBe(organization.organization.id);
});

test("a browser keeps its ten newest portal sessions", async ({ world, organization }) => {
  const { newBrowser } = await serve(world.services);
  const browser = newBrowser();
  for (let n = 0; n < 12; n++) {
    world.clock.now = new Date(world.clock.now.getTime() + 1);
    await browser.redeem(await newToken(organization));
  }
  const kept = [...browser.jar].filter(([name]) => name.startsWith("trailport-portal-"));
  expect(kept).toHaveLength(10);
  const newest = await world.services.db.prisma.portalSession.findMany({
    where: { organization: { id: organization.organization.id } },
    orderBy: { id: "desc" },
    take: 10,
  });
  expect(kept.map(([name]) => `portal_session_${name.slice("trailport-portal-".length)}`).toSorted()).toEqual(
    newest.map(({ id }) => id).toSorted(),
  );
  for (const [, secret] of kept) expect(await findPortalSession(world.services, secret)).not.toBeNull();
});

test("with https in PUBLIC_URL, a request over http leaves the link unused", async ({ world, organization }) => {
  const config = { ...world.services.config, publicUrl: "https://audit.vendor.example" };
  const { newBrowser } = await serve({ ...world.services, config });
  const token = await newToken(organization);
  // Over http, the browser rejects the page's cookie.
  const { formToken } = await newBrowser().open(token);
  const overHttp = newBrowser();
  const insecure = `${PAGE}?problem=insecure`;
  expect(await overHttp.submit(token, formToken)).toBe(insecure);
  expect(await overHttp.submit(token, formToken, { "x-forwarded-proto": "http" })).toBe(insecure);
  expect(await overHttp.submit(token, formToken, { "x-forwarded-proto": "https" })).toBe(`${PAGE}?problem=form`);
  // The link is still unused. A proxy that removed the encryption may leave its own host and scheme in the headers.
  const overHttps = newBrowser();
  const form = (await overHttps.open(token)).formToken;
  const headers = { "x-forwarded-proto": "http", "sec-fetch-site": "same-origin" };
  expect(await overHttps.submit(token, form, headers)).toMatch(PORTAL);
  expect(await overHttp.submit(token, formToken, { "x-forwarded-proto": "https" })).toBe(`${PAGE}?problem=used`);
});
