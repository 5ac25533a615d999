import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";
import { createEmptyDatabase } from "@/server/testing/database";

const MIGRATION = "20261128000100_history_beside_the_months";

test("the upgrade sorts the default partition's events into past, dropped and future months", async () => {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.drop());
  const folder = await mkdtemp(join(tmpdir(), "migrations-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const isEarlier = (path: string) => !/^\d/.test(basename(path)) || basename(path) < MIGRATION;
  await cp("prisma/migrations", folder, { recursive: true, filter: isEarlier });
  await applyMigrations(database.url, folder);

  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  onTestFinished(() => client.end());
  // One past month was dropped, and one month beyond the usual ones was created.
  await client.query(`DO $$
    DECLARE this timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    BEGIN
      EXECUTE format('DROP TABLE log.%I', 'event_' || to_char(this - interval '2 months', 'YYYY_MM'));
      PERFORM log.ensure_month((this + interval '5 months')::date);
    END $$`);
  await client.query(`INSERT INTO log.event (id, environment_pk, organization_pk, action, version, occurred_at, actor_id, actor_type, targets,
      target_types, target_ids, location)
    SELECT gen_random_uuid(), 1, 1, 'month ' || n, 1, date_trunc('month', now(), 'UTC') + make_interval(months => n, days => day), 'a', 'user',
      '[]', '{}', '{}', 'here' FROM generate_series(-20, 10) AS n, generate_series(0, 26) AS day`);
  const before = await eventsIn(client, "log.event");

  expect((await applyMigrations(database.url)).applied).toContain(MIGRATION);
  expect(await eventsIn(client, "log.event")).toEqual(before);
  expect(await eventsIn(client, "log.event_past")).toEqual(before.filter(({ month }) => month < -4));
  expect(await eventsIn(client, "log.event_default")).toEqual(before.filter(({ month }) => month > 5));
  const { rows: indexes } = await client.query(
    `SELECT relid::regclass::text AS name, count(*)::int AS indexes FROM pg_partition_tree('log.event')
     JOIN pg_index ON indrelid = relid WHERE NOT relid::regclass::text LIKE '%/_20%' ESCAPE '/' GROUP BY 1`,
  );
  expect(new Set(indexes.map((row: { indexes: number }) => row.indexes)).size).toBe(1);
});

async function eventsIn(client: pg.Client, table: string): Promise<{ month: number; n: number }[]> {
  const { rows } = await client.query<{ month: number; n: number }>(
    `SELECT split_part(action, ' ', 2)::int AS month, count(*)::int AS n FROM ${table} GROUP BY 1 ORDER BY 1`,
  );
  return rows;
}
