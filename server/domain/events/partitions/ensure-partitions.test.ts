import pg from "pg";
import { expect, onTestFinished } from "vitest";
import { anEvent, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import type { Services } from "@/server/kernel/services";
import { ensurePartitions } from "./ensure-partitions";

const MONTHS = ["2031_01", "2031_02", "2031_03", "2031_04"].map((month) => `log.event_${month}`);

/** The partitions of 2031, and how many indexes each has. */
async function partitions({ db }: Services): Promise<{ name: string; indexes: number }[]> {
  return db.query(
    `SELECT inhrelid::regclass::text AS name, (SELECT count(*)::int FROM pg_index WHERE indrelid = inhrelid) AS indexes
     FROM pg_inherits WHERE inhparent = 'log.event'::regclass AND inhrelid::regclass::text LIKE 'log.event_2031%' ORDER BY 1`,
    [],
  );
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

test("a month's partition waits for no reader, and no reader for it; once the log is free it takes the rows that came before it", async ({
  world,
  organization,
}) => {
  world.clock.now = new Date("2031-01-20");
  await storeEvents(organization, [anEvent({ occurredAt: new Date("2031-01-10") })]);
  const [reader, writer] = [await connect(world.databaseUrl), await connect(world.databaseUrl)];
  for (const client of [reader, writer]) await client.query("BEGIN");
  await reader.query("SELECT count(*) FROM log.event");
  const [{ n: inherited } = { n: 0 }] = await organization.db.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM pg_index WHERE indrelid = 'log.event'::regclass",
    [],
  );

  const started = performance.now();
  const trying = ensurePartitions(world.services);
  const reading = organization.db.query<{ n: number }>("SELECT count(*)::int AS n FROM log.event", []);
  await trying;
  expect(await reading).toEqual([{ n: 1 }]);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(await partitions(world.services)).toEqual([]);

  await reader.query("COMMIT");
  await ensurePartitions(world.services);
  await ensurePartitions(world.services);
  expect(await partitions(world.services)).toEqual(MONTHS.map((name) => ({ name, indexes: inherited })));
  const moved = "SELECT count(*)::int AS n FROM log.event_2031_01";
  expect(await organization.db.query(moved, [])).toEqual([{ n: 1 }]);
  const left = "SELECT count(*)::int AS n FROM pg_constraint WHERE conname = 'within_month'";
  expect(await organization.db.query(left, [])).toEqual([{ n: 0 }]);
});

test("while rows move into a month's partition, readers see each of them once", async ({ world, organization }) => {
  const mover = await connect(world.databaseUrl);
  world.clock.now = new Date("2031-09-20");
  await ensurePartitions(world.services);
  await storeEvents(organization, [anEvent({ occurredAt: new Date("2032-01-10") })]);
  await mover.query("BEGIN; LOCK TABLE ONLY log.event IN SHARE ROW EXCLUSIVE MODE");
  await mover.query("LOCK TABLE log.event_default IN SHARE ROW EXCLUSIVE MODE");
  const count = "SELECT count(*)::int AS n FROM log.event e WHERE e.organization_pk = $1";
  expect(await organization.db.query(count, [organization.organization.pk])).toEqual([{ n: 1 }]);
  await mover.query("SELECT log.ensure_month('2032-01-10')");
  const during = organization.db.query(count, [organization.organization.pk]);
  await mover.query("COMMIT");
  expect(await during).toEqual([{ n: 1 }]);
  const moved = "SELECT count(*)::int AS n FROM log.event_2032_01";
  expect(await organization.db.query(moved, [])).toEqual([{ n: 1 }]);
});

test("months follow one another without a gap, also after a time in which nobody made them", async ({
  world,
  organization,
}) => {
  world.clock.now = new Date("2032-06-01");
  await storeEvents(organization, [anEvent({ occurredAt: new Date("2032-04-10") })]);
  await ensurePartitions(world.services);
  const gaps = `SELECT first_day FROM (SELECT first_day, lead(first_day) OVER (ORDER BY first_day) AS next_day FROM log.month) AS m
    WHERE next_day <> first_day + interval '1 month'`;
  expect(await organization.db.query(gaps, [])).toEqual([]);
  const place = "SELECT tableoid::regclass::text AS place FROM log.event e WHERE e.organization_pk = $1";
  expect(await organization.db.query(place, [organization.organization.pk])).toEqual([{ place: "log.event_2032_04" }]);
});

test("a history is neither read nor locked when a month is made, however long it is", async ({
  world,
  organization,
}) => {
  await seedEvents(organization, { count: 20_000, from: new Date("2023-01-01"), to: new Date("2026-01-01"), seed: 1 });
  const maker = await connect(world.databaseUrl);
  await maker.query("BEGIN");
  await maker.query("SELECT log.ensure_month((SELECT max(first_day) + interval '1 month' FROM log.month)::date)");
  const locks = "SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation = $1::regclass";
  const read = "SELECT seq_scan + idx_scan AS scans FROM pg_stat_xact_user_tables WHERE relid = $1::regclass";
  expect((await maker.query(locks, ["log.event_past"])).rows).toEqual([]);
  expect((await maker.query(read, ["log.event_past"])).rows).toEqual([{ scans: "0" }]);
  // What it does read, so that what it does not read would be seen.
  expect((await maker.query(read, ["log.event_default"])).rows).not.toEqual([{ scans: "0" }]);
  await maker.query("COMMIT");
  const count = "SELECT count(*)::int AS n FROM log.event e WHERE e.organization_pk = $1";
  expect(await organization.db.query(count, [organization.organization.pk])).toEqual([{ n: 20_000 }]);
});

test("a connection that breaks after a month was made and before the commit leaves all as it was", async ({
  world,
  organization,
}) => {
  const beyond = anEvent({ occurredAt: new Date("2040-01-10") });
  await storeEvents(organization, [beyond]);
  const layout = () =>
    organization.db.query(
      `SELECT c.oid, c.relname, pg_get_expr(c.relpartbound, c.oid) AS bound,
         (SELECT string_agg(pg_get_constraintdef(k.oid), ';') FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c') AS checks
       FROM pg_class c WHERE c.relnamespace = 'log'::regnamespace ORDER BY 1`,
      [],
    );
  const before = await layout();
  for (const day of ["(SELECT max(first_day) + interval '1 month' FROM log.month)::date", "date '2024-01-01'"]) {
    const maker = new pg.Client({ connectionString: world.databaseUrl });
    maker.on("error", () => undefined);
    await maker.connect();
    const [{ pid } = { pid: 0 }] = (await maker.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows;
    await maker.query("BEGIN");
    if (day.startsWith("date")) await maker.query("TRUNCATE log.event_past");
    await maker.query(`SELECT log.ensure_month(${day})`);
    const stored = storeEvents(organization, [beyond, anEvent(), anEvent({ occurredAt: new Date("2020-01-01") })]);
    await organization.db.query("SELECT pg_terminate_backend($1)", [pid]);
    await stored;
    expect(await layout()).toEqual(before);
  }
  const count = "SELECT count(*)::int AS n FROM log.event e WHERE e.organization_pk = $1";
  expect(await organization.db.query(count, [organization.organization.pk])).toEqual([{ n: 7 }]);
});

test("months for a history that is to come are made one after the other, and not once the history is there", async ({
  organization,
}) => {
  const { db } = organization;
  await db.query("TRUNCATE log.event_past", []);
  await storeEvents(organization, [anEvent({ action: "old", occurredAt: new Date("2025-11-30") })]);
  const make = (day: string) => db.query<{ made: boolean }>("SELECT log.ensure_month($1) AS made", [day]);
  while (!(await make("2026-01-01"))[0]?.made);
  await storeEvents(organization, [
    anEvent({ action: "late", occurredAt: new Date("2026-01-01") }),
    anEvent({ action: "older", occurredAt: new Date("2025-12-31T23:59:59.999Z") }),
  ]);
  await expect(make("2025-10-01")).rejects.toThrow("violated by some row");
  const places = `SELECT action, tableoid::regclass::text AS place FROM log.event e WHERE e.organization_pk = $1 ORDER BY occurred_at`;
  expect(await db.query(places, [organization.organization.pk])).toEqual([
    { action: "old", place: "log.event_past" },
    { action: "older", place: "log.event_past" },
    { action: "late", place: "log.event_2026_01" },
  ]);
  await seedEvents(organization, { count: 5_000, from: new Date("2020-01-01"), to: new Date("2021-01-01"), seed: 2 });
  await expect(make("2025-10-01")).rejects.toThrow("holds a history already");
});
