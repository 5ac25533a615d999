import { expect } from "vitest";
import { expireExportFiles } from "@/server/domain/exports/maintenance/expire-export-files";
import { sweepExports } from "@/server/domain/exports/maintenance/sweep-exports";
import { beginExport } from "@/server/domain/exports/writing/begin-export";
import { deleteOrganization, sweepDeletedOrganizations } from "@/server/domain/organizations/delete-organization";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { findPortalSession, previewPortalLink, redeemPortalLink } from "@/server/domain/portal/portal-sessions";
import { admitAttempt } from "@/server/domain/rate-limit/admit-attempt";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { anEvent, createOrganization, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, runExport } from "@/server/testing/run-export";
import type { TestServices } from "@/server/testing/services";
import { isClockSteady, recordHeartbeat } from "./heartbeat";
import { repairTimes } from "./repair-times";

const DAY = 86_400_000;

/** Sets the clock to the database's time plus some days. */
async function setAhead({ services, clock }: TestServices, days: number): Promise<void> {
  const [row] = await services.db.query<{ now: Date }>("SELECT now() AS now", []);
  clock.now = new Date(Number(row?.now) + days * DAY);
}

async function linkToken(scope: OrganizationScope): Promise<string> {
  const { link } = await createPortalLink(scope, { intent: "audit_logs", returnUrl: null, successUrl: null });
  return new URL(link).searchParams.get("token") ?? "";
}

test("links and sessions created while the clock was ahead expire", async ({ world, organization }) => {
  await setAhead(world, 400);
  const [unused, redeemed] = [await linkToken(organization), await linkToken(organization)];
  const session = await redeemPortalLink(world.services, redeemed);
  const secret = typeof session === "string" ? session : session.secret;
  await setAhead(world, 0);
  const fresh = await linkToken(organization);
  await repairTimes(world.services);
  expect(await previewPortalLink(world.services, unused)).toMatchObject({ state: "expired" });
  expect(await findPortalSession(world.services, secret)).toBeNull();
  expect(await previewPortalLink(world.services, fresh)).toMatchObject({ state: "unused" });
});

test("a client is not locked out by attempts made while the clock was ahead", async ({ world }) => {
  const attempts = [{ key: ["clock test"], limit: 2, maxWaitMinutes: 60 }];
  const attempt = () => admitAttempt(world.services, attempts);
  await setAhead(world, 400);
  await attempt();
  await attempt();
  await expect(attempt()).rejects.toMatchObject({ code: "too_many" });
  await setAhead(world, 0);
  await attempt();
  await attempt();
  await expect(attempt()).rejects.toMatchObject({ code: "too_many" });
});

test("an export that was requested or stalled while the clock was ahead is sent again", async ({
  world,
  environment,
}) => {
  const [queued, stalled] = [await createOrganization(environment), await createOrganization(environment)];
  await setAhead(world, 400);
  const ids = [await request(queued), await request(stalled)];
  await beginExport(world.services, ids[1] ?? "");
  await setAhead(world, 0);
  await repairTimes(world.services);
  await setAhead(world, 0.5);
  world.sent.length = 0;
  await sweepExports(world.services);
  const sent = world.sent.flatMap((event) => (event.name === "export.requested" ? event.data.exportId : []));
  expect(new Set(sent)).toEqual(new Set(ids));
});

test("a file that was written while the clock was ahead expires on time", async ({ world, organization }) => {
  await setAhead(world, 400);
  const id = await request(organization);
  await runExport(organization, id);
  await setAhead(world, 0);
  await repairTimes(world.services);
  await setAhead(world, 8);
  await expireExportFiles(world.services);
  const row = await organization.db.prisma.auditLogExport.findUniqueOrThrow({ where: { id } });
  expect(row.fileDeletedAt).not.toBeNull();
});

test("an organization that was deleted while the clock was ahead is swept", async ({ world, organization }) => {
  await setAhead(world, 400);
  await deleteOrganization(organization);
  await setAhead(world, 0);
  await repairTimes(world.services);
  await setAhead(world, 0.1);
  world.sent.length = 0;
  await sweepDeletedOrganizations(world.services);
  expect(world.sent.map(({ data }) => data)).toContainEqual({ organizationId: organization.organization.id });
});

test("a clock that runs slow repairs nothing", async ({ world, organization }) => {
  await setAhead(world, 0);
  const token = await linkToken(organization);
  await setAhead(world, -400);
  await repairTimes(world.services);
  await setAhead(world, 0);
  expect(await previewPortalLink(world.services, token)).toMatchObject({ state: "unused" });
});

test("the clock counts as wrong until it has run for an hour without a step", async ({ world: { services } }) => {
  const shift = (column: string, by: string) =>
    services.db.query(`UPDATE runner.heartbeat SET ${column} = now() - $1::interval`, [by]);
  await recordHeartbeat(services);
  expect(await isClockSteady(services)).toBe(true);
  await shift("beat_at", "400 days");
  expect(await isClockSteady(services)).toBe(false);
  await recordHeartbeat(services);
  expect(await isClockSteady(services)).toBe(false);
  await shift("steady_since", "61 minutes");
  expect(await isClockSteady(services)).toBe(true);
  await shift("beat_at", "-400 days");
  expect(await isClockSteady(services)).toBe(false);
});

test("events received while the clock was ahead are exported once it is set back", async ({ world, organization }) => {
  const { services } = world;
  await setAhead(world, 0);
  await storeEvents(organization, [anEvent()]);
  await services.db.query("UPDATE log.event SET received_at = now() + interval '400 days' WHERE organization_pk = $1", [
    organization.organization.pk,
  ]);
  await services.db.query("UPDATE runner.heartbeat SET beat_at = now() + interval '400 days'", []);
  await recordHeartbeat(services);
  await repairTimes(services);
  expect((await runExport(organization, await request(organization))).toString()).toContain("document.updated");
});
