import { join } from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { missingSql } from "@/prisma/missing-sql";
import { noFilter, withSchemaEngine } from "@/prisma/schema-engine";
import { createEmptyDatabase } from "@/server/testing/database";
import { applyMigrations } from "./apply-migrations";
import { readMigrations } from "./read-migrations";

const folder = join(process.cwd(), "prisma", "migrations");

async function openEmptyDatabase(): Promise<{ url: string; client: pg.Client }> {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.drop());
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  onTestFinished(() => client.end());
  return { url: database.url, client };
}

/** Returns the project's migrations as Prisma's engine expects them. */
async function migrationList(): Promise<MigrationList> {
  const migrations = await readMigrations(folder);
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: null },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    })),
  };
}

/** Returns what the table of migrations holds, without random ids and times. */
async function records(client: pg.Client): Promise<unknown[]> {
  const { rows } = await client.query(
    `SELECT length(id) AS id_length, checksum, migration_name, logs, applied_steps_count, finished_at >= started_at AS is_finished,
       rolled_back_at FROM _prisma_migrations ORDER BY migration_name`,
  );
  return rows;
}

/** Returns the columns and constraints of the table of migrations. */
async function definition(client: pg.Client): Promise<unknown[]> {
  const { rows } = await client.query(
    `SELECT column_name, data_type, character_maximum_length, is_nullable, column_default, (
       SELECT array_agg(conname || ' ' || pg_get_constraintdef(oid) ORDER BY conname) FROM pg_constraint
       WHERE conrelid = '_prisma_migrations'::regclass
     ) AS constraints
     FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`,
  );
  return rows;
}

test("a database that Prisma's engine has migrated is up to date, with the same records", async () => {
  const [theirs, ours] = [await openEmptyDatabase(), await openEmptyDatabase()];
  const migrationsList = await migrationList();
  const { appliedMigrationNames } = await withSchemaEngine(theirs.url, (engine) =>
    engine.applyMigrations({ migrationsList, filters: noFilter }),
  );

  expect(await applyMigrations(theirs.url)).toEqual({ applied: [] });
  expect(await applyMigrations(ours.url)).toEqual({ applied: appliedMigrationNames });
  expect(await records(theirs.client)).toEqual(await records(ours.client));
  expect(await definition(theirs.client)).toEqual(await definition(ours.client));
});

test("Prisma's engine finds no difference in a database that the server has migrated", async () => {
  const { url } = await openEmptyDatabase();
  await applyMigrations(url);
  const migrationsList = await migrationList();

  const [found, again] = await withSchemaEngine(url, async (engine) => [
    await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters: noFilter }),
    await engine.applyMigrations({ migrationsList, filters: noFilter }),
  ]);

  expect(found).toMatchObject({
    hasMigrationsTable: true,
    failedMigrationNames: [],
    editedMigrationNames: [],
    history: null,
  });
  expect(again).toEqual({ appliedMigrationNames: [] });
});

test("the migrations match schema.prisma, and a database's difference is returned as SQL", async () => {
  const { url, client } = await openEmptyDatabase();
  await applyMigrations(url);
  expect(await missingSql(url)).toBeNull();

  await client.query("ALTER TABLE workspace DROP COLUMN portal_accent");
  expect(await missingSql(url)).toContain('ALTER TABLE "workspace" ADD COLUMN     "portal_accent" TEXT;');
});
