import { readdir } from "node:fs/promises";
import { expect } from "vitest";
import { blobKey } from "@/server/domain/exports/blob-key";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { redeemPortalLink } from "@/server/domain/portal/portal-sessions";
import { createOrganization, seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, runExport } from "@/server/testing/run-export";
import { deleteOrganization, sweepDeletedOrganizations } from "./delete-organization";
import { deleteOrganizationData } from "./delete-organization-data";
import { scopeToOrganization } from "./scope-to-organization";

const YEAR = { from: new Date("2026-01-01"), to: new Date("2027-01-01") };

test("deleting an organization hides it at once and deletes its data, but not its neighbor's", async ({
  world,
  environment,
  organization,
}) => {
  const neighbor = await createOrganization(environment, "Neighbor");
  const { pk, id } = organization.organization;
  for (const scope of [organization, neighbor]) await seedEvents(scope, { count: 12_000, ...YEAR, seed: 1 });
  await runExport(organization, await request(organization));
  const pending = await request(organization);
  const { link } = await createPortalLink(organization, { intent: "audit_logs", returnUrl: null, successUrl: null });

  await deleteOrganization(organization);
  await expect(scopeToOrganization(environment, id)).rejects.toMatchObject({ code: "not_found" });
  expect(await redeemPortalLink(world.services, new URL(link).searchParams.get("token") ?? "")).toBe("revoked");
  expect(world.sent).toContainEqual({
    name: "organization.deleted",
    id: `${id}:deleted`,
    data: { organizationId: id },
  });
  expect(await deleteOrganizationData(environment, id)).toBe("too early");

  world.clock.now = new Date(world.clock.now.getTime() + 6_000);
  expect(await deleteOrganizationData(environment, id, 1)).toBe("more");
  expect(await deleteOrganizationData(environment, id)).toBe("row left");
  const count = "SELECT count(*)::int AS n FROM log.event e WHERE e.organization_pk = $1";
  expect(await environment.db.query(count, [pk])).toEqual([{ n: 0 }]);
  expect(await environment.db.query(count, [neighbor.organization.pk])).toEqual([{ n: 12_000 }]);
  const files = async () =>
    (await readdir(world.blobDirectory, { recursive: true })).filter((name) => name.endsWith(".csv"));
  expect(await files()).toEqual([]);

  // A worker that has not noticed the deletion continues its export.
  await environment.blobs.begin(blobKey(pending));
  world.clock.now = new Date(world.clock.now.getTime() + 6 * 3_600_000);
  expect(await deleteOrganizationData(environment, id)).toBe("done");
  expect(await deleteOrganizationData(environment, id)).toBe("done");
  expect(await files()).toEqual([]);
  expect(await environment.db.prisma.organization.findUnique({ where: { pk } })).toBeNull();
});

test("the external ID and domains of a deleted organization can be used again", async ({
  environment,
  organization,
}) => {
  const { prisma } = environment.db;
  const { pk } = organization.organization;
  await prisma.organization.update({ where: { pk }, data: { externalId: "customer_1" } });
  await deleteOrganization(organization);
  const again = await createOrganization(environment, "Again");
  await prisma.organization.update({ where: { pk: again.organization.pk }, data: { externalId: "customer_1" } });
});

test("the sweep sends the event of a deletion again if it was lost", async ({ world, organization }) => {
  await deleteOrganization(organization);
  world.sent.length = 0;
  await sweepDeletedOrganizations(world.services);
  expect(world.sent).toEqual([]);
  world.clock.now = new Date(world.clock.now.getTime() + 61_000);
  await sweepDeletedOrganizations(world.services);
  const data = { organizationId: organization.organization.id };
  expect(world.sent).toContainEqual(expect.objectContaining({ name: "organization.deleted", data }));
});
