import { serve } from "inngest/edge";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensurePartitions } from "@/server/domain/events/partitions/ensure-partitions";
import { keepRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import { deleteOrganization } from "@/server/domain/organizations/delete-organization";
import { deleteOrganizationData } from "@/server/domain/organizations/delete-organization-data";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { redeemPortalLink } from "@/server/domain/portal/portal-sessions";
import { dropExpiredMonths } from "@/server/domain/retention/drop-expired-months";
import { setRetention } from "@/server/domain/retention/retention";
import { openRunnerFetch } from "@/server/embedded/runner/open-runner-fetch";
import { startRunner } from "@/server/embedded/runner/runner";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";
import { grantAccess } from "@/server/infra/migrations/grant-access";
import { createInngestClient, sendThrough } from "@/server/inngest/client";
import { createFunctions } from "@/server/inngest/functions/create-functions";
import { DomainError } from "@/server/kernel/errors";
import { anEvent, createEnvironment, createOrganization, storeEvents } from "@/server/testing/factories";
import { request, runExport } from "@/server/testing/run-export";
import { runStatement } from "@/server/testing/run-statement";
import { createTestServices, type TestServices } from "@/server/testing/services";
import { prepareRoles, type RoleUrls } from "./roles";
import { startTemporaryPostgres } from "./temporary-postgres";

const signingKey = `signkey-prod-${"ab".repeat(32)}`;
let server: Awaited<ReturnType<typeof startTemporaryPostgres>>;
let urls: RoleUrls;
let world: TestServices;

// An installation of an earlier version: everything was done as the superuser.
beforeAll(async () => {
  server = await startTemporaryPostgres();
  await applyMigrations(server.url);
  await runStatement(server.url, "CREATE FUNCTION log.of_an_operator() RETURNS int LANGUAGE sql AS 'SELECT 1'");
  urls = await prepareRoles(server.url);
  expect(await applyMigrations(urls.ownerUrl)).toEqual({ applied: [] });
  await grantAccess(urls.ownerUrl, "trailport_app");
  world = await createTestServices(urls.appUrl);
  world.clock.now = new Date();
});

afterAll(async () => {
  await world.close();
  await server.stop();
});

async function rowsOf(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end());
  return rows;
}

test("the owner takes over everything that the superuser of an earlier version owned", async () => {
  const left = `
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('public', 'log', 'runner') AND c.relowner <> 'trailport_owner'::regrole
    UNION ALL SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname IN ('public', 'log', 'runner') AND p.proowner <> 'trailport_owner'::regrole
    UNION ALL SELECT t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE n.nspname IN ('public', 'log', 'runner') AND t.typowner <> 'trailport_owner'::regrole`;
  expect(await rowsOf(server.url, left)).toEqual([]);
  const superusers = "SELECT rolname FROM pg_roles WHERE rolsuper AND rolname LIKE 'trailport\\_%'";
  expect(await rowsOf(server.url, superusers)).toEqual([]);
  await prepareRoles(server.url);
});

test("a new database can be migrated by the owner alone", async () => {
  await runStatement(server.url, "CREATE DATABASE fresh OWNER trailport_owner");
  const fresh = new URL(urls.ownerUrl);
  fresh.pathname = "/fresh";
  const { applied } = await applyMigrations(fresh.href);
  expect(applied.length).toBeGreaterThan(0);
  await grantAccess(fresh.href, "trailport_app");
});

test.for([
  "ALTER TABLE organization ADD COLUMN x int",
  "ALTER TABLE log.event RENAME TO events",
  "DROP TABLE log.event",
  "TRUNCATE log.event",
  "DROP TABLE activity",
  "CREATE TABLE public.x ()",
  "CREATE TABLE log.x ()",
  "CREATE SCHEMA x",
  "ALTER FUNCTION log.ensure_month(date) RENAME TO x",
  "DROP TRIGGER announce_organization ON organization",
  "ALTER ROLE trailport_app SUPERUSER",
  "SET ROLE trailport_owner",
  "SELECT pg_read_file('postgresql.conf')",
  "COPY workspace TO PROGRAM 'cat'",
  "UPDATE _prisma_migrations SET checksum = ''",
])("the role of web and worker may not run: %s", async (sql) => {
  await expect(rowsOf(urls.appUrl, sql)).rejects.toMatchObject({ code: "42501" });
});

test("web and worker do all of their work with their role", async () => {
  const environment = await createEnvironment(world.services);
  const organization = await createOrganization(environment);
  await storeEvents(organization, [anEvent()]);
  expect((await runExport(organization, await request(organization))).toString()).toContain("document.updated");
  const failure = new DomainError("invalid_request", "Invalid.");
  await keepRejectedEvents(environment, [{ body: {}, idempotencyKey: null, failure }]);
  const { link } = await createPortalLink(organization, { intent: "audit_logs", returnUrl: null, successUrl: null });
  const session = await redeemPortalLink(world.services, new URL(link).searchParams.get("token") ?? "");
  expect(typeof session).toBe("object");

  const inngest = createInngestClient({ eventKey: "event-key-for-tests", signingKey });
  const step = { run: (_id: string, work: () => unknown) => work(), sleep: () => undefined };
  for (const each of createFunctions(inngest, world.services)) {
    const isScheduled = (each.opts.triggers as readonly object[]).some((trigger) => "cron" in trigger);
    if (isScheduled) await (each["fn"] as (context: unknown) => unknown)({ step });
  }
  await deleteOrganization(organization);
  world.clock.now = new Date(world.clock.now.getTime() + 7 * 3_600_000);
  expect(await deleteOrganizationData(world.services, organization.organization.id)).toBe("done");
});

test("the worker creates and drops months with its role", async () => {
  const months = () => rowsOf(urls.appUrl, "SELECT name FROM log.month ORDER BY first_day");
  const before = await months();
  world.clock.now = new Date(world.clock.now.getTime() + 70 * 86_400_000);
  await ensurePartitions(world.services);
  const after = await months();
  expect(after.length).toBeGreaterThan(before.length);
  world.clock.now = new Date(world.clock.now.getTime() + 400 * 86_400_000);
  const organization = await createOrganization(await createEnvironment(world.services));
  await setRetention(organization, 30);
  expect((await dropExpiredMonths(world.services)).length).toBeGreaterThan(0);
});

test("the embedded runner works with the role of web and worker", async () => {
  const log = pino({ level: "silent" });
  const carrier = openRunnerFetch(urls.appUrl, log);
  const inngest = createInngestClient({ eventKey: "event-key-for-tests", signingKey, fetch: carrier.fetch });
  const services = { ...world.services, send: sendThrough(inngest), now: () => new Date() };
  const handler = serve({ client: inngest, functions: createFunctions(inngest, services), enableUnauthedSync: false });
  const runner = await startRunner({ databaseUrl: urls.appUrl, handler, signingKey, log });
  const organization = await createOrganization(await createEnvironment(services));
  const id = await request(organization);
  const stored = () => services.db.prisma.auditLogExport.findUniqueOrThrow({ where: { id }, select: { state: true } });
  await expect.poll(stored, { timeout: 45_000, interval: 100 }).toEqual({ state: "ready" });
  await runner.stop();
  await carrier.close();
});
