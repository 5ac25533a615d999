import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createEmptyDatabase } from "@/server/testing/database";
import { applyMigrations } from "./apply-migrations";
import { missingSql } from "@/prisma/missing-sql";

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

test("two processes that start at once apply the project's migrations once", async () => {
  const results = await Promise.all([applyMigrations(database.url), applyMigrations(database.url)]);

  const counts = results.map(({ applied }) => applied.length).toSorted((one, other) => one - other);
  expect(counts[0]).toBe(0);
  expect(counts[1]).toBeGreaterThan(0);
  expect(await applyMigrations(database.url)).toEqual({ applied: [] });
});

test("the project's migrations lead to what schema.prisma says, and what is missing is told as SQL", async () => {
  await applyMigrations(database.url);
  expect(await missingSql(database.url)).toBeNull();

  await client.query("ALTER TABLE workspace DROP COLUMN portal_accent");
  expect(await missingSql(database.url)).toContain('ALTER TABLE "workspace" ADD COLUMN     "portal_accent" TEXT;');
});

test("semicolons in function bodies and comments do not cut a migration into pieces", async () => {
  await writeMigration(
    "1_function",
    `-- one; two\nCREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$`,
  );

  await applyMigrations(database.url, folder);

  expect((await client.query("SELECT two()")).rows).toEqual([{ two: 2 }]);
});

test("a failing migration is named, leaves nothing behind, and is applied once it is mended", async () => {
  await writeMigration("1_good", "CREATE TABLE good (id int)");
  await writeMigration("2_bad", "CREATE TABLE half (id int); INSERT INTO nowhere VALUES (1);");

  await expect(applyMigrations(database.url, folder)).rejects.toThrow(
    'Migration 2_bad failed: relation "nowhere" does not exist',
  );
  expect((await client.query("SELECT to_regclass('good') AS good, to_regclass('half') AS half")).rows).toEqual([
    { good: "good", half: null },
  ]);

  await writeMigration("2_bad", "CREATE TABLE half (id int)");
  expect(await applyMigrations(database.url, folder)).toEqual({ applied: ["2_bad"] });
  expect(await history()).toEqual([
    { name: "1_good", finished: true, rolled_back: false },
    { name: "2_bad", finished: false, rolled_back: true },
    { name: "2_bad", finished: true, rolled_back: false },
  ]);
});

test("a migration whose process was killed before its script committed is applied by the next start", async () => {
  await writeMigration("1_first", "CREATE TABLE first (id int)");
  await applyMigrations(database.url, folder);
  await writeMigration("2_second", "CREATE TABLE second (id int)");
  await client.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('killed', '', '2_second')`);

  expect(await applyMigrations(database.url, folder)).toEqual({ applied: ["2_second"] });
});

test("a migration and its record are one transaction: killed right after the script, it counts as applied", async () => {
  // The script sees its own record unfinished; the same transaction finishes it, before the engine does.
  await writeMigration(
    "1_only",
    `CREATE TABLE seen AS SELECT finished_at IS NULL AS unfinished, pg_current_xact_id()::text AS transaction FROM _prisma_migrations;
     CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES (false, pg_current_xact_id()::text); RETURN NEW; END $$;
     CREATE TRIGGER note AFTER UPDATE ON _prisma_migrations FOR EACH ROW WHEN (OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL) EXECUTE FUNCTION note();`,
  );

  await applyMigrations(database.url, folder);

  const { rows } = await client.query(
    "SELECT unfinished, transaction = min(transaction) OVER () AS same FROM seen ORDER BY unfinished DESC",
  );
  expect(rows).toEqual([
    { unfinished: true, same: true },
    { unfinished: false, same: true },
  ]);
});
