import pg from "pg";
import { expect, onTestFinished } from "vitest";
import { anEvent, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import type { Services } from "@/server/kernel/services";
import { ensurePartitions } from "./ensure-partitions";

const MONTHS = ["2031_01", "2031_02", "2031_03", "2031_04"].map((month) => `log.event_${month}`);

/** Lists the partitions of 2031 with the number of their indexes. */
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

test("creating a partition never blocks readers or waits for them, and succeeds once they finish", async ({
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

  // The reader commits only afterwards, so each of these would hang if it waited for the reader's lock.
  const trying = ensurePartitions(world.services);
  const reading = organization.db.query<{ n: number }>("SELECT count(*)::int AS n FROM log.event", []);
  await trying;
  expect(await reading).toEqual([{ n: 1 }]);
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

test("readers see each row once while rows move into a new partition", async ({ world, organization }) => {
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

test("months have no gaps, even after a time in which no partitions were created", async ({ world, organization }) => {
  world.clock.now = new Date("2032-06-01");
  await storeEvents(organization, [anEvent({ occurredAt: new Date("2032-04-10") })]);
  await ensurePartitions(world.services);
  const gaps = `SELECT first_day FROM (SELECT first_day, lead(first_day) OVER (ORDER BY first_day) AS next_day FROM log.month) AS m
    WHERE next_day <> first_day + interval '1 month'`;
  expect(await organization.db.query(gaps, [])).toEqual([]);
  const place = "SELECT tableoid::regclass::text AS place FROM log.event e WHERE e.organization_pk = $1";
  expect(await organization.db.query(place, [organization.organization.pk])).toEqual([{ place: "log.event_2032_04" }]);
});

test("creating a partition neither reads nor locks the past events", async ({ world, organization }) => {
  await seedEvents(organization, { count: 20_000, from: new Date("2023-01-01"), to: new Date("2026-01-01"), seed: 1 });
  const creator = await connect(world.databaseUrl);
  await creator.query("BEGIN");
  await creator.query("SELECT log.ensure_month((SELECT max(first_day) + interval '1 month' FROM log.month)::date)");
  const locks = "SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation = $1::regclass";
  const read = "SELECT seq_scan + idx_scan AS scans FROM pg_stat_xact_user_tables WHERE relid = $1::regclass";
  expect((await creator.query(locks, ["log.event_past"])).rows).toEqual([]);
  expect((await creator.query(read, ["log.event_past"])).rows).toEqual([{ scans: "0" }]);
  // It does read the default partition, which shows that the query above detects reads.
  expect((await creator.query(read, ["log.event_default"])).rows).not.toEqual([{ scans: "0" }]);
  await creator.query("COMMIT");
  const count = "SELECT count(*)::int AS n FROM log.event e WHERE e.organization_pk = $1";
  expect(await organization.db.query(count, [organization.organization.pk])).toEqual([{ n: 20_000 }]);
});

test("a connection lost before the commit leaves partitions and events unchanged", async ({ world, organization }) => {
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
    const creator = new pg.Client({ connectionString: world.databaseUrl });
    creator.on("error", () => undefined);
    await creator.connect();
    const [{ pid } = { pid: 0 }] = (await creator.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows;
    await creator.query("BEGIN");
    if (day.startsWith("date")) await creator.query("TRUNCATE log.event_past");
    await creator.query(`SELECT log.ensure_month(${day})`);
    const stored = storeEvents(organization, [beyond, anEvent(), anEvent({ occurredAt: new Date("2020-01-01") })]);
    await organization.db.query("SELECT pg_terminate_backend($1)", [pid]);
    await stored;
    expect(await layout()).toEqual(before);
  }
  const count = "SELECT count(*)::int AS n FROM log.event e WHERE e.organization_pk = $1";
  expect(await organization.db.query(count, [organization.organization.pk])).toEqual([{ n: 7 }]);
});

test("past months can be created before a history is imported, and not afterwards", async ({ organization }) => {
  const { db } = organization;
  await db.query("TRUNCATE log.event_past", []);
  await storeEvents(organization, [anEvent({ action: "old", occurredAt: new Date("2025-11-30") })]);
  const create = (day: string) => db.query<{ created: boolean }>("SELECT log.ensure_month($1) AS created", [day]);
  while (!(await create("2026-01-01"))[0]?.created);
  await storeEvents(organization, [
    anEvent({ action: "late", occurredAt: new Date("2026-01-01") }),
    anEvent({ action: "older", occurredAt: new Date("2025-12-31T23:59:59.999Z") }),
  ]);
  await expect(create("2025-10-01")).rejects.toThrow("violated by some row");
  const places = `SELECT action, tableoid::regclass::text AS place FROM log.event e WHERE e.organization_pk = $1 ORDER BY occurred_at`;
  expect(await db.query(places, [organization.organization.pk])).toEqual([
    { action: "old", place: "log.event_past" },
    { action: "older", place: "log.event_past" },
    { action: "late", place: "log.event_2026_01" },
  ]);
  await seedEvents(organization, { count: 5_000, from: new Date("2020-01-01"), to: new Date("2021-01-01"), seed: 2 });
  await expect(create("2025-10-01")).rejects.toThrow("holds a history already");
});
