import { afterAll, beforeAll, expect, test } from "vitest";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { createTestDatabase } from "@/server/testing/database";
import { createEnvironment, createOrganization } from "@/server/testing/factories";
import { createTestServices, type TestServices } from "@/server/testing/services";
import { createPortalLink } from "./portal-links";
import { listPortalLinks } from "./list-portal-links";
import { revokePortalSession, revokePortalLink } from "./revoke-portal-link";
import { endPortalSession, findPortalSession, previewPortalLink, redeemPortalLink } from "./portal-sessions";

const MINUTE = 60_000;
const VENDOR = { name: "Vendor", accent: null, logo: null };
let organization: OrganizationScope;
let clock: TestServices["clock"];
let tearDown: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  const test = await createTestServices(database.url);
  clock = test.clock;
  organization = await createOrganization(await createEnvironment(test.services), "Acme");
  tearDown = async () => {
    await test.close();
    await database.drop();
  };
});
afterAll(() => tearDown());

async function newToken(): Promise<string> {
  const { link } = await createPortalLink(organization, { intent: "audit_logs", returnUrl: null, successUrl: null });
  return new URL(link).searchParams.get("token") ?? "";
}

function later(milliseconds: number): void {
  clock.now = new Date(clock.now.getTime() + milliseconds);
}

test("only one of 1,000 parallel redemptions gets a session; the others learn the link is used", async () => {
  const token = await newToken();
  const results = await Promise.all(Array.from({ length: 1000 }, () => redeemPortalLink(organization, token)));
  expect(results.filter((result) => typeof result === "object")).toHaveLength(1);
  expect(results.filter((result) => result === "used")).toHaveLength(999);
});

test("parallel redemptions of one browser share a session", async () => {
  const token = await newToken();
  const before = await organization.db.prisma.portalSession.count();
  const redeem = () => redeemPortalLink(organization, token, "the secret of a browser");
  const results = await Promise.all(Array.from({ length: 50 }, redeem));
  const sessions = results.map((each) => (typeof each === "string" ? each : each.id));
  expect(new Set(sessions).size).toBe(1);
  expect(sessions[0]).toMatch(/^portal_session_/);
  expect(await organization.db.prisma.portalSession.count()).toBe(before + 1);
});

test("previewing a link any number of times does not redeem it", async () => {
  const token = await newToken();
  for (let n = 0; n < 5; n++)
    expect(await previewPortalLink(organization, token)).toEqual({
      state: "unused",
      branding: VENDOR,
      organizationName: "Acme",
    });
  expect(await redeemPortalLink(organization, token)).toMatchObject({ secret: expect.any(String) as string });
  expect(await previewPortalLink(organization, token)).toEqual({ state: "used", branding: VENDOR });
});

test("a link stops working after five minutes, and a made-up link never works", async () => {
  const token = await newToken();
  later(5 * MINUTE);
  expect(await previewPortalLink(organization, token)).toEqual({ state: "expired", branding: VENDOR });
  expect(await previewPortalLink(organization, "made up")).toEqual({ state: "unknown" });
  expect(await redeemPortalLink(organization, token)).toBe("expired");
  expect(await redeemPortalLink(organization, "made up")).toBe("unknown");
});

test("a session gives access to its organization until sign-out or for eight hours", async () => {
  const open = async () => {
    const redeemed = await redeemPortalLink(organization, await newToken());
    if (typeof redeemed === "string") throw new Error(redeemed);
    return redeemed.secret;
  };
  const [left, kept] = [await open(), await open()];
  const session = await findPortalSession(organization, left);
  expect(session?.organization).toEqual(organization.organization);
  if (session) await endPortalSession(session);
  expect(await findPortalSession(organization, left)).toBeNull();
  later(8 * 60 * MINUTE - 1);
  expect(await findPortalSession(organization, kept)).not.toBeNull();
  later(1);
  expect(await findPortalSession(organization, kept)).toBeNull();
});

test("neither a link's token nor a session's secret is stored", async () => {
  const token = await newToken();
  const redeemed = await redeemPortalLink(organization, token);
  const secret = typeof redeemed === "string" ? "" : redeemed.secret;
  const { prisma } = organization.db;
  const everything = JSON.stringify([
    await prisma.portalLink.findMany(),
    await prisma.portalSession.findMany(),
    await prisma.activity.findMany(),
  ]);
  expect(everything).not.toContain(token);
  expect(everything).not.toContain(secret);
});

test("links are listed with their state, and revoking one immediately ends its session", async () => {
  const acme = await createOrganization(organization, "Listed");
  const create = async () => {
    const { link } = await createPortalLink(acme, { intent: "audit_logs", returnUrl: null, successUrl: null });
    return new URL(link).searchParams.get("token") ?? "";
  };
  const newest = async () => (await listPortalLinks(acme, { limit: 1 })).items[0];
  const token = await create();
  const unused = await newest();
  expect(unused).toMatchObject({ state: "unused", session: null, createdBy: { name: "Grace Hopper" } });
  const redeemed = await redeemPortalLink(acme, token);
  if (typeof redeemed === "string") throw new Error(redeemed);
  const session = await findPortalSession(acme, redeemed.secret);
  expect(await newest()).toMatchObject({ state: "opened", session: { id: session?.session.id } });

  await revokePortalLink(acme, unused?.id ?? "");
  await revokePortalLink(acme, unused?.id ?? "");
  expect(await newest()).toMatchObject({ state: "revoked", session: null });
  expect(await findPortalSession(acme, redeemed.secret)).toBeNull();
  const trail = await acme.db.prisma.activity.findMany({ where: { action: "portal_link.revoked" } });
  expect(trail.map((each) => each.details)).toEqual([{ portalLinkId: unused?.id, sessionsEnded: 1 }]);

  later(1);
  const second = await redeemPortalLink(acme, await create());
  if (typeof second === "string") throw new Error(second);
  await revokePortalSession(acme, (await newest())?.session?.id ?? "");
  expect(await newest()).toMatchObject({ state: "opened", session: null });
  expect(await findPortalSession(acme, second.secret)).toBeNull();

  later(1);
  await create();
  later(5 * MINUTE);
  expect(await newest()).toMatchObject({ state: "expired" });
});
