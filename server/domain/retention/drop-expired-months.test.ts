import pg from "pg";
import { expect, onTestFinished } from "vitest";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { cancelExport } from "@/server/domain/exports/cancel-export";
import { anEvent, createOrganization, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request } from "@/server/testing/run-export";
import { dropExpiredMonths } from "./drop-expired-months";
import { setRetention } from "./retention";

async function remaining(scope: OrganizationScope): Promise<string[]> {
  const rows = await scope.db.query<{ action: string }>(
    "SELECT e.action FROM log.event e WHERE e.organization_pk = $1 ORDER BY e.occurred_at",
    [scope.organization.pk],
  );
  return rows.map((row) => row.action);
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** Creates the months from the one of `day` to today. */
async function createMonths({ db }: Services, day: string): Promise<void> {
  while (!(await db.query<{ done: boolean }>("SELECT log.ensure_month($1) AS done", [day]))[0]?.done);
}

test("an empty month is kept while it is one of the last four", async ({ world }) => {
  world.clock.now = new Date();
  expect(await dropExpiredMonths(world.services)).toEqual([]);
  const now = new Date();
  world.clock.now = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 2, 12));
  expect(await dropExpiredMonths(world.services)).toHaveLength(1);
});

test("a month is dropped as a whole unless one event in it is retained or being exported", async ({
  environment,
  world,
}) => {
  const months = async () => {
    const rows = await world.services.db.query<{ name: string }>(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'log.event'::regclass",
      [],
    );
    return rows.map((row) => row.name);
  };
  await createMonths(world.services, "2025-01-15");
  const short = await createOrganization(environment, "Short");
  const keeper = await createOrganization(environment, "Keeper");
  await setRetention(short, 30);
  await storeEvents(short, [
    anEvent({ occurredAt: new Date("2025-01-10") }),
    anEvent({ occurredAt: new Date("2025-02-10") }),
  ]);
  await storeEvents(keeper, [anEvent({ action: "kept", occurredAt: new Date("2025-02-11") })]);

  const pending = await request(short);
  expect(await dropExpiredMonths(world.services)).not.toContain("event_2025_01");
  await cancelExport(short, pending);
  expect(await dropExpiredMonths(world.services)).toContain("event_2025_01");
  expect(await months()).not.toContain("log.event_2025_01");
  expect(await months()).toContain("log.event_2025_02");
  expect(await remaining(keeper)).toEqual(["kept"]);

  await storeEvents(keeper, [anEvent({ action: "late", occurredAt: new Date("2025-01-20") })]);
  expect(await remaining(keeper)).toEqual(["late", "kept"]);
});

/** Returns each event's action and the table that holds it. */
async function places(scope: OrganizationScope): Promise<string[]> {
  const rows = await scope.db.query<{ at: string }>(
    `SELECT e.action || ' in ' || e.tableoid::regclass AS at FROM log.event e WHERE e.organization_pk = $1 ORDER BY e.occurred_at`,
    [scope.organization.pk],
  );
  return rows.map(({ at }) => at);
}

const on = (day: string) => anEvent({ action: day, occurredAt: new Date(day) });

test("an expired month between retained ones is truncated, and dropped once it is the oldest", async ({
  environment,
  world,
}) => {
  await world.services.db.query("TRUNCATE log.event", []);
  await createMonths(world.services, "2025-01-15");
  const short = await createOrganization(environment, "Short");
  const keeper = await createOrganization(environment, "Keeper");
  await setRetention(short, 30);
  await storeEvents(short, [on("2025-01-10"), on("2025-02-10"), on("2025-03-10")]);
  await storeEvents(keeper, [on("2025-01-11"), on("2025-03-11")]);
  expect(await dropExpiredMonths(world.services)).toEqual(["event_2025_02"]);
  expect(await dropExpiredMonths(world.services)).toEqual([]);
  await storeEvents(keeper, [on("2025-02-12")]);
  expect(await places(keeper)).toEqual([
    "2025-01-11 in log.event_2025_01",
    "2025-02-12 in log.event_2025_02",
    "2025-03-11 in log.event_2025_03",
  ]);
  await setRetention(keeper, 365);
  expect((await dropExpiredMonths(world.services)).slice(0, 4)).toEqual([
    "event_2025_01",
    "event_2025_02",
    "event_2025_03",
    "event_2025_04",
  ]);
  await storeEvents(keeper, [on("2025-02-13")]);
  expect(await places(keeper)).toEqual(["2025-02-13 in log.event_past"]);
});

test("the partition for all earlier events is truncated once none of them is retained", async ({
  environment,
  world,
}) => {
  await world.services.db.query("TRUNCATE log.event", []);
  const short = await createOrganization(environment, "Short");
  const keeper = await createOrganization(environment, "Keeper");
  await setRetention(short, 30);
  await setRetention(keeper, 3_660);
  await seedEvents(short, { count: 500, from: new Date("2012-01-01"), to: new Date("2014-01-01"), seed: 1 });
  await storeEvents(keeper, [on("2013-05-05")]);
  expect(await dropExpiredMonths(world.services)).not.toContain("event_past");
  await setRetention(keeper, 30);
  expect(await dropExpiredMonths(world.services)).toContain("event_past");
  expect([await remaining(short), await remaining(keeper)]).toEqual([[], []]);
});

test("dropping a month scans older events before it locks the log, and loses no event", async ({
  organization: scope,
  world,
}) => {
  const { db } = scope;
  await db.query("TRUNCATE log.event", []);
  await createMonths(world.services, "2025-01-15");
  await seedEvents(scope, { count: 20_000, from: new Date("2020-01-01"), to: new Date("2024-01-01"), seed: 1 });
  // An autovacuum would delay the drop.
  await db.query("ALTER TABLE log.event_past SET (autovacuum_enabled = false)", []);
  const count = async () =>
    (await db.query("SELECT 1 FROM log.event e WHERE e.organization_pk = $1", [scope.organization.pk])).length;
  const client = await connect(world.databaseUrl);
  // PostgreSQL's counts may include earlier transactions whose counts it has not flushed yet.
  const begin = async () => {
    await client.query("BEGIN");
    const before = await counted();
    return async () => (await counted()) - before;
  };
  const counted = async () => {
    const sql = "SELECT seq_tup_read::int AS n FROM pg_stat_xact_user_tables WHERE relid = 'log.event_past'::regclass";
    return (await client.query<{ n: number }>(sql)).rows[0]?.n ?? 0;
  };
  const dropOne = async () => {
    const { rows } = await client.query<{ name: string | null }>("SELECT log.drop_expired_month($1) AS name", [
      world.clock.now.toISOString(),
    ]);
    return rows[0]?.name;
  };

  const [reader, checker] = [await connect(world.databaseUrl), await connect(world.databaseUrl)];
  // A reader keeps the log from being locked. By then, the older events have been scanned, plus one row to see that there
  // are any.
  await reader.query("BEGIN; SELECT FROM log.event LIMIT 1");
  let read = await begin();
  expect(await dropOne()).toBeNull();
  expect(await read()).toBe(20_001);
  await client.query("COMMIT");
  await reader.query("COMMIT");

  // While the older events are being scanned, events can be stored and read.
  await checker.query("BEGIN; ALTER TABLE log.event_past VALIDATE CONSTRAINT before_months");
  await storeEvents(scope, [on("2020-05-05"), on("2025-06-05"), on("2026-05-05"), on("2040-05-05")]);
  expect(await count()).toBe(20_004);
  await checker.query("ROLLBACK");

  // They are not scanned again once the log is locked.
  read = await begin();
  expect(await dropOne()).toBe("event_2025_01");
  expect(await read()).toBe(20_002);
  await client.query("COMMIT");

  // Storing and reading while another month is dropped sees each event once.
  await client.query("BEGIN");
  expect(await dropOne()).toBe("event_2025_02");
  const stored = storeEvents(scope, [on("2020-05-06"), on("2025-02-06"), on("2026-05-06"), on("2040-05-06")]);
  const seen = count();
  await client.query("COMMIT");
  await stored;
  expect([20_004, 20_008]).toContain(await seen);
  expect(await count()).toBe(20_008);

  // A connection that breaks before the commit changes nothing.
  await client.query("BEGIN");
  expect(await dropOne()).toBe("event_2025_03");
  const [{ pid } = { pid: 0 }] = (await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows;
  await db.query("SELECT pg_terminate_backend($1)", [pid]);
  await storeEvents(scope, [on("2020-05-07"), on("2025-03-07"), on("2026-05-07"), on("2040-05-07")]);
  expect(await count()).toBe(20_012);
  expect(await places(scope)).toContain("2025-03-07 in log.event_2025_03");
});
