import { randomBytes } from "node:crypto";
import { expect, inject, onTestFinished, test } from "vitest";
import { eventFilters } from "@/schemas/events/event-filters";
import { listEvents } from "@/server/domain/events/list-events";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";
import { anEvent, createEnvironment, createOrganization, storeEvents } from "@/server/testing/factories";
import { request, runExport, YEAR } from "@/server/testing/run-export";
import { runStatement } from "@/server/testing/run-statement";
import { createTestServices } from "@/server/testing/services";
import { connect } from "./connection";

/** Settings of other installations that change how values are read and written, or end sessions. */
const FOREIGN = {
  DateStyle: "'German, DMY'",
  IntervalStyle: "'sql_standard'",
  TimeZone: "'Pacific/Chatham'",
  standard_conforming_strings: "off",
  bytea_output: "'escape'",
  extra_float_digits: "-10",
  array_nulls: "off",
  default_transaction_isolation: "'serializable'",
  statement_timeout: "'1ms'",
  lock_timeout: "'1ms'",
  idle_session_timeout: "'50ms'",
  transaction_timeout: "'50ms'",
};

/** Creates a migrated database with these settings, and services on it. */
async function createWorld(options: string, settings: Readonly<Record<string, string>>) {
  const server = inject("testServer");
  const name = `foreign_${randomBytes(6).toString("hex")}`;
  await runStatement(server.url, `CREATE DATABASE ${name} ${options}`);
  for (const [setting, value] of Object.entries(settings))
    await runStatement(server.url, `ALTER DATABASE ${name} SET ${setting} = ${value}`);
  const url = new URL(server.url);
  url.pathname = name;
  await applyMigrations(url.href);
  const world = await createTestServices(url.href);
  onTestFinished(async () => {
    await world.close();
    await runStatement(server.url, `DROP DATABASE ${name} WITH (FORCE)`);
  });
  return world;
}

test("dates, backslashes and nulls survive whatever the database's settings are", { timeout: 60_000 }, async () => {
  const world = await createWorld("", FOREIGN);
  const organization = await createOrganization(await createEnvironment(world.services));
  const occurredAt = new Date("2026-03-04T05:06:07.089Z");
  const event = anEvent({ occurredAt, actor: { id: "a\\nb", type: "user", name: null, metadata: null } });
  await storeEvents(organization, [event]);

  const filters = eventFilters.parse({ ...YEAR, actorIds: ["a\\nb"] });
  const { items } = await listEvents(organization, { filters, limit: 10 });
  expect(items).toMatchObject([{ occurredAt, actor: { id: "a\\nb", name: null } }]);
  expect((await runExport(organization, await request(organization))).toString()).toContain("2026-03-04T05:06:07.089Z");
  const row = await world.services.db.prisma.organization.findUniqueOrThrow({
    where: { id: organization.organization.id },
  });
  expect(Math.abs(row.createdAt.getTime() - Date.now())).toBeLessThan(600_000);
});

test.for([
  ["C", "LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"],
  ["Turkish", "LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C'"],
] as const)("with the locale %s, a search ignores the case of all letters", async ([, locale]) => {
  const world = await createWorld(`${locale} TEMPLATE template0`, {});
  const organization = await createOrganization(await createEnvironment(world.services));
  const names = ["Ärger in ISTANBUL", "Παπαδόπουλος", "ЖУК"];
  const ids = await storeEvents(
    organization,
    names.map((name) => anEvent({ actor: { id: "u", type: "user", name, metadata: null } })),
  );
  for (const [index, search] of ["ÄRGER IN istanbul", "ΠΑΠΑΔΌΠΟΥΛΟΣ", "жук"].entries()) {
    const filters = eventFilters.parse({ ...YEAR, search });
    const { items } = await listEvents(organization, { filters, limit: 10 });
    expect(items.map(({ id }) => id)).toEqual([ids[index]]);
  }
});

test("a session that holds locks ends soon after its machine vanishes", async () => {
  const client = await connect(inject("testServer").url, { holdsLocks: true });
  const { rows } = await client.query(
    `SELECT current_setting('tcp_user_timeout') AS unacknowledged, current_setting('tcp_keepalives_idle')::int
       + current_setting('tcp_keepalives_interval')::int * current_setting('tcp_keepalives_count')::int AS idle`,
  );
  await client.end();
  expect(rows).toEqual([{ unacknowledged: "18000", idle: 18 }]);
});
