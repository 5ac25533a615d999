import pg from "pg";
import { expect, onTestFinished } from "vitest";
import { anEvent, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import type { Services } from "@/server/services";
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
  await storeEvents(organization, [anEvent({ occurredAt: new Date("2032-01-10") })]);
  await mover.query("BEGIN; LOCK TABLE ONLY log.event IN SHARE ROW EXCLUSIVE MODE");
  await mover.query("LOCK TABLE log.event_default IN SHARE ROW EXCLUSIVE MODE");
  const count = "SELECT count(*)::int AS n FROM log.event e WHERE e.organization_pk = $1";
  expect(await organization.db.query(count, [organization.organization.pk])).toEqual([{ n: 1 }]);
  await mover.query("SELECT log.ensure_month('2032-01-10')");
  const during = organization.db.query(count, [organization.organization.pk]);
  await mover.query("COMMIT");
  expect(await during).toEqual([{ n: 1 }]);
});
