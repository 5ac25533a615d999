import { expect } from "vitest";
import { test } from "@/server/testing/fixtures";
import { findEndedSession } from "./ended-session";
import { createPortalLink } from "./portal-links";
import { endPortalSession, findPortalSession, redeemPortalLink } from "./portal-sessions";
import { revokePortalSession, revokePortalLink } from "./revoke-portal-link";

test("the visitor learns how a session ended: expired, signed out, or ended by the vendor", async ({
  world,
  organization,
}) => {
  const open = async () => {
    const request = { intent: "audit_logs", returnUrl: "http://localhost:9/", successUrl: null } as const;
    // Staging allows return URLs on localhost.
    const inStaging = { ...organization, environment: { ...organization.environment, kind: "staging" as const } };
    const { link } = await createPortalLink(inStaging, request);
    const redeemed = await redeemPortalLink(organization, new URL(link).searchParams.get("token") ?? "");
    if (typeof redeemed === "string") throw new Error(redeemed);
    const scope = await findPortalSession(organization, redeemed.secret);
    if (!scope) throw new Error("There is no session.");
    return { secret: redeemed.secret, scope };
  };
  const [left, closed, revoked, kept] = [await open(), await open(), await open(), await open()];
  expect(await findEndedSession(organization, kept.secret)).toBeNull();
  expect(await findEndedSession(organization, "made up")).toBeNull();
  await endPortalSession(left.scope);
  await revokePortalSession(organization, closed.scope.session.id);
  const { linkId } = await organization.db.prisma.portalSession.findUniqueOrThrow({
    where: { id: revoked.scope.session.id },
  });
  await revokePortalLink(organization, linkId);
  const branding = { name: "Vendor", accent: null, logo: null };
  const ended = (end: string) => ({ end, branding, returnUrl: "http://localhost:9/" });
  expect(await findEndedSession(organization, left.secret)).toEqual(ended("ended"));
  expect(await findEndedSession(organization, closed.secret)).toEqual(ended("revoked"));
  expect(await findEndedSession(organization, revoked.secret)).toEqual(ended("revoked"));
  world.clock.now = new Date(world.clock.now.getTime() + 8 * 60 * 60_000);
  expect(await findEndedSession(organization, kept.secret)).toEqual(ended("expired"));
  expect(await findEndedSession(organization, left.secret)).toEqual(ended("ended"));
});
