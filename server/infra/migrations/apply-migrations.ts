import { join } from "node:path";
import type pg from "pg";
import { connect } from "@/server/infra/postgres/connection";
import { checkHistory } from "./check-history";
import { CREATE_TABLE, markUnfinishedAsRolledBack, readRecordedMigrations, recordStatement } from "./migration-table";
import { type Migration, readMigrations } from "./read-migrations";
import { requireEmptyDatabase, requireOwner } from "./require-owner";

/** The advisory lock that every Trailport process takes before it migrates. The number is arbitrary but must not change. */
const LOCK_KEY = 7_264_120_815;

/**
 * Applies the migrations in `folder` (by default the project's own) that the database does not have yet, and records them
 * in Prisma's table `_prisma_migrations`. Several processes may call this at the same time: one applies, the others wait.
 *
 * Each migration and its record are one transaction, so a process that is killed leaves nothing half-done. Everything is
 * checked before anything is written.
 * @param last The name of the last migration to apply; all of them if undefined.
 * @returns the names of the migrations that this call applied
 * @throws Error that names the migration if one fails: it is rolled back, and those before it stay applied. Also if the
 * database is another application's, its migrations are not those of this version, or the role may not apply them.
 */
export async function applyMigrations(
  databaseUrl: string,
  folder = join(process.cwd(), "prisma", "migrations"),
  last?: string,
): Promise<{ applied: string[] }> {
  const all = await readMigrations(folder);
  const migrations = last === undefined ? all : all.filter(({ name }) => name <= last);
  return withMigrationLock(databaseUrl, async (client) => ({ applied: await applyPending(client, migrations) }));
}

/** Runs `work` while no other Trailport process migrates or sets up this database; it waits for those that do. */
export async function withMigrationLock<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = await connect(databaseUrl, { holdsLocks: true });
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK_KEY]);
    return await work(client);
  } finally {
    // This also releases the lock.
    await client.end();
  }
}

async function applyPending(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  const recorded = await readRecordedMigrations(client);
  checkHistory(recorded, migrations);
  const done = new Set(recorded.filter(({ state }) => state === "finished").map(({ name }) => name));
  const pending = migrations.filter(({ name }) => !done.has(name));
  if (pending.length === 0) return [];
  if (recorded.length === 0) {
    await requireEmptyDatabase(client);
  } else {
    await requireOwner(client);
  }
  if (recorded.some(({ state }) => state === "unfinished")) await markUnfinishedAsRolledBack(client);
  for (const [index, migration] of pending.entries())
    await apply(client, migration, recorded.length === 0 && index === 0 ? CREATE_TABLE : "");
  return pending.map(({ name }) => name);
}

/** Runs a script after `preparation`, and records it. PostgreSQL runs the statements of one message as one transaction. */
async function apply(client: pg.Client, migration: Migration, preparation: string): Promise<void> {
  try {
    await client.query(`${preparation};${migration.sql}\n;${recordStatement(migration)}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${migration.name} failed: ${reason}`, { cause: error });
  }
}
