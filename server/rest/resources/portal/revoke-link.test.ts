import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { listPortalLinks } from "@/server/domain/portal/list-portal-links";
import { findPortalSession, redeemPortalLink } from "@/server/domain/portal/portal-sessions";
import { createEnvironment, createOrganization } from "@/server/testing/factories";
import { test as base } from "@/server/testing/rest-fixtures";
import type { OrganizationScope } from "@/server/kernel/scopes";

interface Fixtures {
  /** Requests a link for this person and returns its token. */
  linkFor: (externalUserId?: string | null, organizationId?: string) => Promise<string>;
  /** Calls `revoke_link` for the test's organization. */
  revoke: (externalUserId: unknown, organizationId?: string) => Promise<{ status: number; body: object }>;
}
const test = base.extend<Fixtures>({
  linkFor: async ({ call, organization }, use) =>
    use(async (externalUserId, organizationId = organization.organization.id) => {
      const fields = { organization: organizationId, external_user_id: externalUserId };
      const { body } = await call("POST", "/portal/generate_link", fields);
      // The contract has no other field.
      expect(body).toEqual({ link: expect.any(String) as string });
      return new URL(String(body["link"])).searchParams.get("token") ?? "";
    }),
  revoke: async ({ call, organization }, use) =>
    use((externalUserId, organizationId = organization.organization.id) =>
      call("POST", "/portal/revoke_link", { organization: organizationId, external_user_id: externalUserId }),
    ),
});

/** Redeems a link and returns the session's secret. */
async function open(scope: OrganizationScope, token: string): Promise<string> {
  const session = await redeemPortalLink(scope, token);
  if (typeof session === "string") throw new Error(session);
  return session.secret;
}

test("revoke_link ends all links and sessions of a person, and no others", async ({
  call,
  environment,
  linkFor,
  organization,
  revoke,
}) => {
  const other = await createOrganization(environment, "Other");
  const opened = await open(organization, await linkFor("user_1"));
  const unopened = await linkFor("user_1");
  const spared = await open(organization, await linkFor("user_2"));
  const unnamed = await open(organization, await linkFor(null));
  const elsewhere = await open(other, await linkFor("user_1", other.organization.id));

  expect(await revoke("user_1")).toMatchObject({
    status: 200,
    body: { success: true, links_revoked: 2, sessions_ended: 1 },
  });
  expect(await findPortalSession(organization, opened)).toBeNull();
  expect(await redeemPortalLink(organization, unopened)).toBe("revoked");
  for (const secret of [spared, unnamed, elsewhere])
    expect(await findPortalSession(organization, secret)).not.toBeNull();

  const nothing = { status: 200, body: { success: true, links_revoked: 0, sessions_ended: 0 } };
  expect(await revoke("user_1")).toMatchObject(nothing);
  expect(await revoke("USER_2")).toMatchObject(nothing);
  expect(await call("POST", "/Portal/Revoke_Link", {})).toMatchObject({ status: 422 });
});

test("a link that is redeemed while it is revoked leaves no session", async ({ linkFor, organization, revoke }) => {
  for (let round = 0; round < 20; round++) {
    const token = await linkFor(`user ${round}`);
    const [session] = await Promise.all([redeemPortalLink(organization, token), revoke(`user ${round}`)]);
    if (typeof session !== "string") expect(await findPortalSession(organization, session.secret)).toBeNull();
  }
});

test("staff see for whom a link is, in the list and in the activity", async ({ linkFor, organization, revoke }) => {
  const of = { organizationPk: organization.organization.pk };
  await linkFor("user_1");
  await linkFor("");
  const { items } = await listPortalLinks(organization, { limit: 2 });
  expect(new Set(items.map((link) => link.externalUserId))).toEqual(new Set([null, "user_1"]));
  await revoke("user_1");
  await revoke("user_1");
  const trail = await organization.db.prisma.activity.findMany({ where: of });
  const portalLinkId = expect.any(String) as string;
  expect(trail.map(({ action, details }) => ({ action, details }))).toHaveLength(3);
  expect(trail.map(({ action, details }) => ({ action, details }))).toEqual(
    expect.arrayContaining([
      { action: "portal_link.created", details: { externalUserId: "user_1", portalLinkId } },
      { action: "portal_link.created", details: { portalLinkId } },
      { action: "portal_link.revoked", details: { externalUserId: "user_1", links: 1, sessionsEnded: 0 } },
    ]),
  );
});

test.for([[undefined], [null], [""], [4711], ["x".repeat(256)], [["user_1"]]])(
  "revoke_link rejects the external_user_id %j by name",
  async ([value], { revoke }) => {
    const { status, body } = await revoke(value);
    expect({ status, body: JSON.stringify(body) }).toEqual({
      status: 422,
      body: expect.stringContaining("external_user_id") as string,
    });
  },
);

test("generate_link rejects an external_user_id that revoke_link could not name", async ({ call, organization }) => {
  for (const value of [4711, "x".repeat(256), "\u0000"]) {
    const fields = { organization: organization.organization.id, external_user_id: value };
    expect(await call("POST", "/portal/generate_link", fields)).toMatchObject({ status: 422 });
  }
});

test("revoke_link needs the scope portal, and reveals no other environment's organization", async ({
  api,
  environment,
  organization,
  revoke,
  world,
}) => {
  const foreign = await createOrganization(await createEnvironment(world.services), "Foreign");
  expect(await revoke("user_1", foreign.organization.id)).toMatchObject({ status: 404 });
  const { secret } = await createApiKey(environment, { name: "events", scopes: ["events:write"] });
  const response = await fetch(`${api.url}/portal/revoke_link`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ organization: organization.organization.id, external_user_id: "user_1" }),
  });
  expect(response.status).toBe(403);
});
