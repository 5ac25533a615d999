import { createHash } from "node:crypto";
import { expect } from "vitest";
import { portalBrandingChanges } from "@/schemas/portal/portal-branding";
import { test } from "@/server/testing/rest-fixtures";
import { aPng } from "@/server/testing/images";
import { createMember, createWorkspace, trailOf } from "@/server/testing/staff";
import { changePortalBranding, getPortalBranding } from "./branding";

const logo = aPng(40, 30);
const sha256 = createHash("sha256").update(logo).digest("hex");
const withLogo = portalBrandingChanges.parse({ name: "Acme", accent: "#aa3366", logo: logo.toString("base64") });

test("given fields change, omitted ones stay, null removes, and each change is recorded", async ({ world }) => {
  const admin = await createMember(world.services, await createWorkspace(world.services), { role: "admin" });
  expect(await getPortalBranding(admin)).toEqual({ name: "Vendor", accent: null, logo: null });
  const branded = {
    name: "Acme",
    accent: "#aa3366",
    logo: { href: `/portal/logo/${sha256}`, width: 40, height: 30 },
  };
  expect(await changePortalBranding(admin, withLogo)).toEqual(branded);
  expect(await changePortalBranding(admin, { accent: "#123456" })).toEqual({ ...branded, accent: "#123456" });
  expect(await changePortalBranding(admin, { logo: null, accent: null })).toEqual({
    name: "Acme",
    accent: null,
    logo: null,
  });
  expect((await trailOf(admin)).map(([action, , details]) => [action, details])).toEqual([
    ["portal_branding.changed", { name: "Acme", accent: "#aa3366", logo: sha256 }],
    ["portal_branding.changed", { accent: "#123456" }],
    ["portal_branding.changed", { accent: null, logo: null }],
  ]);
});

test("another workspace's branding does not change", async ({ world }) => {
  const [ours, theirs] = [await createWorkspace(world.services), await createWorkspace(world.services)];
  const admin = await createMember(world.services, ours, { role: "admin" });
  await changePortalBranding(admin, withLogo);
  const other = await createMember(world.services, theirs, { role: "admin" });
  expect(await getPortalBranding(other)).toEqual({ name: "Vendor", accent: null, logo: null });
});

test("concurrent logo changes leave one of the logos", async ({ world }) => {
  const admin = await createMember(world.services, await createWorkspace(world.services), { role: "admin" });
  const another = portalBrandingChanges.parse({ logo: aPng(20, 20).toString("base64") });
  await Promise.all([withLogo, another, withLogo, another].map((changes) => changePortalBranding(admin, changes)));
  expect([40, 20]).toContain((await getPortalBranding(admin)).logo?.width);
});

test("a logo is public under its hash, with its own content type, until it is removed", async ({ world, api }) => {
  const admin = await createMember(world.services, await createWorkspace(world.services), { role: "admin" });
  const picture = aPng(31, 17);
  const { logo: stored } = await changePortalBranding(
    admin,
    portalBrandingChanges.parse({ logo: picture.toString("base64") }),
  );
  const url = api.url + (stored?.href ?? "");
  const response = await fetch(url);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(picture);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "image/png",
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
  });
  expect((await fetch(url, { method: "HEAD" })).headers.get("content-length")).toBe(String(picture.length));
  for (const path of ["/portal/logo", "/portal/logo/", `/portal/logo/${"0".repeat(64)}`, "/portal/logo/%00"])
    expect((await fetch(api.url + path)).status, path).toBe(404);
  await changePortalBranding(admin, { logo: null });
  expect((await fetch(url)).status).toBe(404);
});
