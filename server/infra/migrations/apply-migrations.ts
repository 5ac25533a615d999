import { join } from "node:path";
import pg from "pg";
import { checkHistory } from "./check-history";
import {
  ensureMigrationTable,
  markUnfinishedAsRolledBack,
  readRecordedMigrations,
  recordStatement,
} from "./migration-table";
import { type Migration, readMigrations } from "./read-migrations";

/** The advisory lock that every Trailport process takes before it migrates. The number is arbitrary but must not change. */
const LOCK_KEY = 7_264_120_815;

/**
 * Applies the migrations in `folder` (by default the project's own) that the database does not have yet, and records them
 * in Prisma's table `_prisma_migrations`. Several processes may call this at the same time: one applies, the others wait.
 *
 * Each migration and its record are one transaction, so a process that is killed leaves nothing half-done.
 * @returns the names of the migrations that this call applied
 * @throws Error that names the migration if one fails: it is rolled back, and those before it stay applied. Also if the
 * database is another application's, or its migrations are not those of this version.
 */
export async function applyMigrations(
  databaseUrl: string,
  folder = join(process.cwd(), "prisma", "migrations"),
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: databaseUrl });
  // If the connection breaks, the next statement fails; without a listener the process would end.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK_KEY]);
    return { applied: await applyPending(client, migrations) };
  } finally {
    // This also releases the lock.
    await client.end();
  }
}

async function applyPending(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  await ensureMigrationTable(client);
  const recorded = await readRecordedMigrations(client);
  checkHistory(recorded, migrations);
  if (recorded.some(({ isFinished }) => !isFinished)) await markUnfinishedAsRolledBack(client);
  const done = new Set(recorded.filter(({ isFinished }) => isFinished).map(({ name }) => name));
  const pending = migrations.filter(({ name }) => !done.has(name));
  for (const migration of pending) await apply(client, migration);
  return pending.map(({ name }) => name);
}

/** Runs a script and records it. PostgreSQL runs the statements of one message as one transaction. */
async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query(`${migration.sql}\n;${recordStatement(migration)}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${migration.name} failed: ${reason}`, { cause: error });
  }
}
