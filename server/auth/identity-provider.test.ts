import { expect, onTestFinished } from "vitest";
import { findMemberScope } from "@/server/domain/workspaces/member-scope";
import { Caches } from "@/server/kernel/caches";
import type { Services } from "@/server/kernel/services";
import { createBrowser } from "@/server/testing/auth-browser";
import { test } from "@/server/testing/fixtures";
import { serveProvider } from "@/server/testing/identity-provider";
import { createMember, createWorkspace } from "@/server/testing/staff";

type Options = Omit<Parameters<typeof serveProvider>[0], "claims"> & {
  /** Claims in addition to the member's email. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly isTrusted?: boolean;
};

/** Starts a provider that knows one member. Returns it, the member's browser, and what is logged. */
async function setUp(
  base: Services,
  { claims = { email_verified: true }, isTrusted = false, ...options }: Options = {},
) {
  const { member } = await createMember(base, await createWorkspace(base), { role: "viewer" });
  const provider = await serveProvider({ claims: { email: member.email, ...claims }, ...options });
  onTestFinished(provider.close);
  const logged: object[] = [];
  const log = { info: () => undefined, warn: () => undefined, error: (fields: object) => void logged.push(fields) };
  const identityProvider = {
    issuer: provider.issuer,
    clientId: "trailport",
    clientSecret: "secret of the tests",
    trustedIssuers: isTrusted ? [provider.issuer] : ["https://other.example"],
    name: "Test",
  };
  const services = {
    ...base,
    log,
    caches: new Caches(base.db.changes),
    config: { ...base.config, identityProvider },
  };
  const browser = createBrowser(services);
  /** Signs in and returns the URL at which the browser arrives. */
  const signIn = async () => {
    const { csrfToken = "" } = (await browser.request("GET", ["csrf"])).body;
    const { url = "" } = (await browser.request("POST", ["signin", "oidc"], { csrfToken })).body;
    if (!url.startsWith(provider.issuer)) return url;
    return (await browser.request("GET", ["callback", "oidc"], {}, provider.signIn(url))).body?.["url"];
  };
  /** The ID of the member who is signed in, if any. */
  const memberId = async () => {
    const sessionId = (await browser.session())?.sessionId;
    return sessionId === undefined ? undefined : (await findMemberScope(services, sessionId, "192.0.2.1"))?.member.id;
  };
  return { member, provider, logged, browser, signIn, memberId };
}

test.for(["RS256", "ES256"] as const)("ID tokens signed with %s sign in", async (algorithm, { world }) => {
  const { signIn, memberId, member } = await setUp(world.services, { algorithm });
  await signIn();
  expect(await memberId()).toBe(member.id);
});

test("an ID token with a symmetric algorithm is rejected", async ({ world }) => {
  const { signIn, browser, logged } = await setUp(world.services, { algorithm: "HS256" });
  expect(await signIn()).toContain("error=OAuthCallback");
  expect(await browser.session()).toBeNull();
  expect(logged).toMatchObject([{ err: { message: expect.stringContaining("unexpected JWT alg") as string } }]);
});

test("a provider that takes 4 seconds to respond works", async ({ world }) => {
  const { signIn, memberId, member } = await setUp(world.services, { delay: 4_000 });
  await signIn();
  expect(await memberId()).toBe(member.id);
});

test("the discovery document is fetched once for all sign-ins", async ({ world }) => {
  const { signIn, provider } = await setUp(world.services);
  await signIn();
  await signIn();
  expect(provider.requests.filter((path) => path.includes("well-known"))).toHaveLength(1);
  expect(provider.requests.filter((path) => path === "/token")).toHaveLength(2);
});

test("an email counts as verified only if the provider says so, or says nothing and is trusted", async ({ world }) => {
  const cases = [
    [{ claims: { email_verified: true } }, true],
    [{ claims: { email_verified: "true" } }, true],
    [{ claims: {}, isTrusted: true }, true],
    [{ claims: {} }, false],
    [{ claims: { email_verified: false }, isTrusted: true }, false],
    [{ claims: { email_verified: "no idea" }, isTrusted: true }, false],
  ] as const;
  for (const [options, isAdmitted] of cases) {
    const { signIn, memberId, member } = await setUp(world.services, options);
    const arrived = await signIn();
    expect([await memberId(), arrived?.includes("unverified")], JSON.stringify(options)).toEqual(
      isAdmitted ? [member.id, false] : [undefined, true],
    );
  }
});

test("an unusable discovery document fails the sign-in and is logged without secrets", async ({ world }) => {
  const { signIn, logged } = await setUp(world.services, { discovery: { token_endpoint: 1 } });
  expect(await signIn()).toContain("error=OAuthSignin");
  expect(logged).toMatchObject([{ url: expect.any(String) as string }, { code: "SIGNIN_OAUTH_ERROR" }]);
  expect(JSON.stringify(logged)).not.toContain("secret of the tests");
});
