import pg from "pg";
import { checksumOf, type Migration } from "./read-migrations";

/** A migration that is applied, or whose script began and was rolled back, which may not be recorded yet. */
export interface RecordedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly state: "finished" | "unfinished" | "rolled back";
}

/** Prisma's own table, word for word, so that Prisma's tools can read it. */
export const CREATE_TABLE = `CREATE TABLE _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Returns what the table records; nothing if it does not exist.
 * @throws Error if this role may not read it
 */
export async function readRecordedMigrations(client: pg.Client): Promise<RecordedMigration[]> {
  const [found] = await select<{ exists: boolean; isReadable: boolean | null; role: string }>(
    client,
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS exists, current_user AS role,
       has_table_privilege(to_regclass('public._prisma_migrations'), 'SELECT') AS "isReadable"`,
  );
  if (found?.exists !== true) return [];
  if (found.isReadable !== true) {
    throw new Error(
      `The role ${found.role} may not read which migrations were applied. Set DATABASE_OWNER_URL to connect as the role that owns the tables.`,
    );
  }
  return select(
    client,
    `SELECT migration_name AS name, checksum,
       CASE WHEN rolled_back_at IS NOT NULL THEN 'rolled back' WHEN finished_at IS NULL THEN 'unfinished' ELSE 'finished' END AS state
     FROM _prisma_migrations`,
  );
}

/** Marks the migrations as rolled back that began and never finished. */
export async function markUnfinishedAsRolledBack(client: pg.Client): Promise<void> {
  await client.query(
    "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL",
  );
}

/** Returns the statement that records a migration as applied, with the values that `prisma migrate deploy` writes. */
export function recordStatement({ name, sql }: Migration): string {
  return `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
    VALUES (gen_random_uuid(), '${checksumOf(sql)}', ${pg.escapeLiteral(name)}, now(), clock_timestamp(), 1)`;
}

async function select<Row extends pg.QueryResultRow>(client: pg.Client, sql: string): Promise<Row[]> {
  return (await client.query<Row>(sql)).rows;
}
