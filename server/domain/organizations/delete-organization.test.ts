import { readdir } from "node:fs/promises";
import { expect } from "vitest";
import { blobKey } from "@/server/domain/exports/blob-key";
import { createDownloadUrl, findDownload } from "@/server/domain/exports/download";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { findPortalSession, redeemPortalLink } from "@/server/domain/portal/portal-sessions";
import { createOrganization, seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, runExport } from "@/server/testing/run-export";
import { keepRejectedEvents, listRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import { setRetention } from "@/server/domain/retention/retention";
import { DomainError } from "@/server/kernel/errors";
import { updateOrganization } from "./update-organization";
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
  const finished = await request(organization);
  await runExport(organization, finished);
  const { searchParams } = new URL((await createDownloadUrl(organization, finished)).url);
  const pending = await request(organization);
  const { link } = await createPortalLink(organization, { intent: "audit_logs", returnUrl: null, successUrl: null });

  await deleteOrganization(organization);
  const [expires = "", signature = ""] = [searchParams.get("expires"), searchParams.get("signature")].map(String);
  await expect(findDownload(world.services, { exportId: finished, expires, signature })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(scopeToOrganization(environment, id)).rejects.toMatchObject({ code: "not_found" });
  expect(await redeemPortalLink(world.services, new URL(link).searchParams.get("token") ?? "")).toBe("revoked");
  expect(world.sent).toContainEqual({
    name: "organization.deleted",
    id: `${id}:deleted`,
    data: { organizationId: id },
  });
  expect(await deleteOrganizationData(environment, id)).toBe("too early");
  // The blob store's own URLs stop working with the file, before the events are deleted.
  await expect(environment.blobs.read(blobKey(finished))).rejects.toMatchObject({ code: "not_found" });

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

const portalLink = { intent: "audit_logs", returnUrl: null, successUrl: null } as const;

test("nothing can be added to a deleted organization with a scope from before", async ({
  environment,
  organization,
}) => {
  await deleteOrganization(organization);
  const additions = [
    () => createPortalLink(organization, portalLink),
    () => request(organization),
    () => setRetention(organization, 30),
    () => updateOrganization(organization, { externalId: "taken" }),
    () => deleteOrganization(organization),
  ];
  for (const add of additions) await expect(add()).rejects.toMatchObject({ code: "not_found" });
  const row = await environment.db.prisma.organization.findUniqueOrThrow({
    where: { pk: organization.organization.pk },
  });
  expect(row.externalId).toBeNull();
});

test("links and exports requested during the deletion do not survive it", async ({ world, organization }) => {
  const parallel = Array.from({ length: 20 }, async (_, index) => {
    if (index === 10) await deleteOrganization(organization);
    const { link } = await createPortalLink(organization, portalLink);
    await request(organization);
    return new URL(link).searchParams.get("token") ?? "";
  });
  const tokens = (await Promise.allSettled(parallel)).flatMap((each) =>
    each.status === "fulfilled" ? each.value : [],
  );
  for (const token of tokens) {
    expect(await redeemPortalLink(world.services, token)).toBe("revoked");
  }
  const pending = { organizationPk: organization.organization.pk, state: "pending" } as const;
  expect(await organization.db.prisma.auditLogExport.count({ where: pending })).toBe(0);
});

test("a link or session that a crash left in a deleted organization opens nothing", async ({ world, organization }) => {
  const tokens = await Promise.all(
    [1, 2].map(async () => {
      const { link } = await createPortalLink(organization, portalLink);
      return new URL(link).searchParams.get("token") ?? "";
    }),
  );
  const session = await redeemPortalLink(world.services, tokens[0] ?? "");
  const { pk } = organization.organization;
  await organization.db.prisma.organization.update({ where: { pk }, data: { deletedAt: world.clock.now } });
  expect(await redeemPortalLink(world.services, tokens[1] ?? "")).toBe("revoked");
  expect(await findPortalSession(world.services, typeof session === "string" ? session : session.secret)).toBeNull();
});

test("rejected events of a deleted organization lose their content, and no new ones are kept", async ({
  environment,
  organization,
}) => {
  const neighbor = await createOrganization(environment, "Neighbor");
  const reject = (organizationId: string) =>
    keepRejectedEvents(environment, [
      {
        body: {
          organization_id: organizationId,
          event: { action: "user.signed_in", metadata: { secret: "\u0000 4711" } },
        },
        idempotencyKey: "key",
        failure: new DomainError("invalid_request", "Invalid."),
      },
    ]);
  const { id } = organization.organization;
  await reject(id);
  await reject(neighbor.organization.id);
  await deleteOrganization(organization);
  await reject(id);
  await deleteOrganizationData(environment, id);
  const { items } = await listRejectedEvents(environment, { cursor: null, limit: 10, state: "all" });
  expect(items).toHaveLength(2);
  const kinds = Object.fromEntries(items.map(({ organizationId, replay }) => [organizationId, replay.kind]));
  expect(kinds).toEqual({ [neighbor.organization.id]: "possible", [id]: "erased" });
  const stored = await environment.db.query<{ text: string }>(
    "SELECT r::text AS text FROM rejected_event r WHERE organization_id = $1",
    [id],
  );
  expect(stored.map(({ text }) => text).join()).not.toContain("4711");
});
