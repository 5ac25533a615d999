import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createEmptyDatabase } from "@/server/testing/database";
import { applyMigrations } from "./apply-migrations";

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let folder: string;
let client: pg.Client;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(join(tmpdir(), "migrations-"));
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function writeMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), sql);
}

async function history(): Promise<unknown[]> {
  const { rows } = await client.query(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS rolled_back
     FROM _prisma_migrations ORDER BY started_at`,
  );
  return rows;
}

test("two processes that start at the same time apply the project's migrations once", async () => {
  const results = await Promise.all([applyMigrations(database.url), applyMigrations(database.url)]);

  const counts = results.map(({ applied }) => applied.length).toSorted((one, other) => one - other);
  expect(counts[0]).toBe(0);
  expect(counts[1]).toBeGreaterThan(0);
  expect(await applyMigrations(database.url)).toEqual({ applied: [] });
});

test("semicolons in function bodies and comments do not split a migration", async () => {
  await writeMigration(
    "1_function",
    `-- one; two\nCREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$ -- end`,
  );

  await applyMigrations(database.url, folder);

  expect((await client.query("SELECT two()")).rows).toEqual([{ two: 2 }]);
});

test("a failing migration is named, leaves nothing behind, and is applied once it is fixed", async () => {
  await writeMigration("1_good", "CREATE TABLE good (id int)");
  await writeMigration("2_bad", "CREATE TABLE half (id int); INSERT INTO nowhere VALUES (1);");

  await expect(applyMigrations(database.url, folder)).rejects.toThrow(
    'Migration 2_bad failed: relation "nowhere" does not exist',
  );
  expect((await client.query("SELECT to_regclass('good') AS good, to_regclass('half') AS half")).rows).toEqual([
    { good: "good", half: null },
  ]);
  expect(await history()).toEqual([{ name: "1_good", finished: true, rolled_back: false }]);

  await writeMigration("2_bad", "CREATE TABLE half (id int)");
  expect(await applyMigrations(database.url, folder)).toEqual({ applied: ["2_bad"] });
  expect(await history()).toEqual([
    { name: "1_good", finished: true, rolled_back: false },
    { name: "2_bad", finished: true, rolled_back: false },
  ]);
});

test("a migration that never finished is marked as rolled back and applied again", async () => {
  await writeMigration("1_first", "CREATE TABLE first (id int)");
  await applyMigrations(database.url, folder);
  await writeMigration("2_second", "CREATE TABLE second (id int)");
  // Up to version 0.1 a process that was killed while a script ran left such a record.
  await client.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('killed', '', '2_second')`);

  expect(await applyMigrations(database.url, folder)).toEqual({ applied: ["2_second"] });
  expect(await history()).toEqual([
    { name: "1_first", finished: true, rolled_back: false },
    { name: "2_second", finished: false, rolled_back: true },
    { name: "2_second", finished: true, rolled_back: false },
  ]);
});

test("a migration and its record are committed in the same transaction", async () => {
  await writeMigration("1_only", "CREATE TABLE seen AS SELECT pg_current_xact_id()::text AS transaction");

  await applyMigrations(database.url, folder);

  const { rows } = await client.query(
    "SELECT (SELECT xmin::text FROM _prisma_migrations) = (SELECT transaction FROM seen) AS same",
  );
  expect(rows).toEqual([{ same: true }]);
});

test("a database that a newer version has migrated is rejected and left as it is", async () => {
  await writeMigration("1_first", "CREATE TABLE first (id int)");
  await writeMigration("2_newer", "CREATE TABLE newer (id int)");
  await applyMigrations(database.url, folder);
  await rm(join(folder, "2_newer"), { recursive: true });
  await writeMigration("3_other", "CREATE TABLE other (id int)");

  await expect(applyMigrations(database.url, folder)).rejects.toThrow(
    "A newer version of Trailport has migrated this database: this version does not know 2_newer.",
  );
  expect(await history()).toHaveLength(2);
});

test("a database with another application's migrations, or with tables but none, is rejected", async () => {
  await client.query("CREATE TABLE theirs (id int)");
  await expect(applyMigrations(database.url)).rejects.toThrow(
    "The database is not empty: it contains the tables theirs. Trailport needs a database of its own.",
  );

  await client.query("DROP TABLE theirs");
  await writeMigration("1_theirs", "CREATE TABLE theirs (id int)");
  await applyMigrations(database.url, folder);
  await expect(applyMigrations(database.url)).rejects.toThrow(
    "Another application has migrated this database (1_theirs). Trailport needs a database of its own.",
  );
});

test.for([
  ["failed", "finished_at", "NULL"],
  ["was rolled back", "rolled_back_at", "now()"],
] as const)(
  "another application's migration that %s keeps its table from being written to",
  async ([, column, value]) => {
    await writeMigration("1_theirs", "SELECT 1");
    await applyMigrations(database.url, folder);
    await client.query(`UPDATE _prisma_migrations SET ${column} = ${value}`);
    const before = await history();

    await expect(applyMigrations(database.url)).rejects.toThrow(
      "Another application has migrated this database (1_theirs).",
    );
    expect(await history()).toEqual(before);
    await client.query("TRUNCATE _prisma_migrations");
    await expect(applyMigrations(database.url)).rejects.toThrow("contains an empty table _prisma_migrations.");
    expect(await history()).toEqual([]);
  },
);

test("a database with a view, or with a schema of Trailport's names, is rejected before anything is written", async () => {
  await client.query("CREATE VIEW theirs AS SELECT 1");
  await expect(applyMigrations(database.url)).rejects.toThrow("it contains the tables theirs.");
  await client.query("DROP VIEW theirs; CREATE SCHEMA log");
  await expect(applyMigrations(database.url)).rejects.toThrow("The database already has a schema log.");
  expect((await client.query("SELECT to_regclass('public._prisma_migrations') AS found")).rows).toEqual([
    { found: null },
  ]);
});

test("a role without a privilege is rejected before anything is written, with the statement to run", async () => {
  const role = `weak_${randomBytes(6).toString("hex")}`;
  const url = new URL(database.url);
  [url.username, url.password] = [role, "weak"];
  const name = url.pathname.slice(1);
  await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'weak'`);

  for (const grant of [`GRANT CREATE ON DATABASE "${name}"`, "GRANT USAGE, CREATE ON SCHEMA public"]) {
    await expect(applyMigrations(url.href)).rejects.toThrow(`${grant} TO "${role}".`);
    expect((await client.query("SELECT to_regclass('public._prisma_migrations') AS found")).rows).toEqual([
      { found: null },
    ]);
    await client.query(`${grant} TO ${role}`);
  }
  expect((await applyMigrations(url.href)).applied.length).toBeGreaterThan(0);
  await client.query(
    "DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)",
  );
  const other = `other_${role}`;
  await client.query(`CREATE ROLE ${other} LOGIN PASSWORD 'weak'`);
  url.username = other;
  await expect(applyMigrations(url.href)).rejects.toThrow(
    `The role ${other} may not read which migrations were applied.`,
  );
  await client.query(`GRANT SELECT ON _prisma_migrations TO ${other}`);
  await expect(applyMigrations(url.href)).rejects.toThrow(`Set DATABASE_OWNER_URL to connect as ${role}.`);
  await client.query(`DROP OWNED BY ${role}, ${other} CASCADE; DROP ROLE ${role}, ${other}`);
});

test("an applied migration that has changed is rejected, except for its line endings", async () => {
  await writeMigration("1_first", "CREATE TABLE first\n(id int)");
  await applyMigrations(database.url, folder);

  await writeMigration("1_first", "CREATE TABLE first\r\n(id int)");
  expect(await applyMigrations(database.url, folder)).toEqual({ applied: [] });

  await writeMigration("1_first", "CREATE TABLE first\n(id bigint)");
  await expect(applyMigrations(database.url, folder)).rejects.toThrow(
    "Migration 1_first has changed since it was applied to this database.",
  );
});
