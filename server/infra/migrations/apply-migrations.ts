import { join } from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { readMigrations } from "./read-migrations";
import { noFilter, type SchemaEngine, type ScriptRunner, wholeScript, withSchemaEngine } from "@/prisma/schema-engine";

/** Any number will do, as long as every Trailport process uses the same and nobody else does. */
const lockKey = 7_264_120_815;

/**
 * Brings the database up to the migrations in `folder` (the project's own) and records them in `_prisma_migrations`, as
 * `prisma migrate deploy` would. May be called by several processes at once: one works, the others wait.
 * A migration and its record are committed together, so a process killed at any point leaves nothing half-done.
 *
 * @returns the names of the migrations that this call applied.
 * @throws Error that names the migration when one fails; that migration is rolled back, those before it stay.
 */
export async function applyMigrations(
  databaseUrl: string,
  folder = join(process.cwd(), "prisma", "migrations"),
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(folder);
  const lock = new pg.Client({ connectionString: databaseUrl });
  // A connection that breaks is seen by the statement that needs it.
  lock.on("error", () => undefined);
  await lock.connect();
  try {
    await lock.query("SELECT pg_advisory_lock($1)", [lockKey]);
    if (await isUpToDate(lock, migrations)) return { applied: [] };
    return { applied: await applyPending(databaseUrl, migrations) };
  } finally {
    await lock.end();
  }
}

/** Spares the usual start half a second of loading the engine. Anything unusual is left to the engine to judge. */
async function isUpToDate(client: pg.Client, migrations: MigrationList): Promise<boolean> {
  const table = await client.query<{ known: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known");
  if (!table.rows[0]?.known) return false;
  const { rows } = await client.query<{ name: string; done: boolean }>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS done FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const wanted = migrations.migrationDirectories.map((directory) => directory.path);
  return rows.length === wanted.length && rows.every((row) => row.done && wanted.includes(row.name));
}

async function applyPending(databaseUrl: string, migrationsList: MigrationList): Promise<string[]> {
  const progress: Progress = { migration: undefined, failure: undefined };
  return withSchemaEngine(databaseUrl, recordInSameTransaction(migrationsList, progress), async (engine) => {
    await forgetInterrupted(engine, migrationsList);
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilter });
    return appliedMigrationNames;
  }).catch((error: unknown) => {
    throw new Error(describe(progress, error), { cause: error });
  });
}

/** An unfinished record is what a killed process or a failed script left; its script was rolled back as a whole. */
async function forgetInterrupted(engine: SchemaEngine, migrationsList: MigrationList): Promise<void> {
  const { failedMigrationNames } = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters: noFilter,
  });
  for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
}

interface Progress {
  /** The migration whose script is running, or failed. */
  migration: string | undefined;
  /** What the database said; the engine hands on less of it. */
  failure: unknown;
}

/**
 * The engine writes "finished" in a second transaction. Killed between the two, the next start would run the script
 * again and fail for ever, so the record is finished by the script's own transaction as well.
 */
function recordInSameTransaction(migrations: MigrationList, progress: Progress): ScriptRunner {
  return async (adapter, script) => {
    const directory = migrations.migrationDirectories.find(({ migrationFile }) => {
      const { content } = migrationFile;
      return content.tag === "ok" && content.value === script;
    });
    if (directory === undefined) return wholeScript(adapter, script);
    progress.migration = directory.path;
    const name = directory.path.replaceAll("'", "''");
    const finish = `UPDATE public._prisma_migrations SET finished_at = now()
      WHERE migration_name = '${name}' AND finished_at IS NULL AND rolled_back_at IS NULL`;
    await wholeScript(adapter, `${script}\n;${finish}`).catch((error: unknown) => {
      progress.failure = error;
      throw error;
    });
    progress.migration = undefined;
  };
}

function describe(progress: Progress, error: unknown): string {
  const { migration, failure } = progress;
  // The adapter keeps PostgreSQL's own sentence under this name.
  const cause = failure instanceof Error ? (failure.cause as { originalMessage?: string } | undefined) : undefined;
  const said = cause?.originalMessage ?? (error instanceof Error ? error.message : String(error));
  return migration === undefined
    ? `The migrations cannot be applied: ${said}`
    : `Migration ${migration} failed: ${said}`;
}
