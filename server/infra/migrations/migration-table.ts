import pg from "pg";
import { checksumOf, type Migration } from "./read-migrations";

/** A migration that is applied, or whose script began and was rolled back. */
export interface RecordedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly isFinished: boolean;
}

/** Prisma's own table, word for word, so that Prisma's tools can read it. */
const CREATE_TABLE = `CREATE TABLE _prisma_migrations (
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
 * Creates the table of migrations if it is missing.
 * @throws Error if the database contains other tables, so that Trailport never mixes with another application
 */
export async function ensureMigrationTable(client: pg.Client): Promise<void> {
  const [found] = await select<{ exists: boolean; tables: string | null }>(
    client,
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists, (
       SELECT string_agg(relname, ', ' ORDER BY relname) FROM pg_class
       WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
     ) AS tables`,
  );
  if (found?.exists) return;
  if (found?.tables) {
    throw new Error(
      `The database is not empty: it contains the tables ${found.tables}. Trailport needs a database of its own.`,
    );
  }
  await client.query(CREATE_TABLE);
}

/** Returns what the table records, without what was rolled back. */
export function readRecordedMigrations(client: pg.Client): Promise<RecordedMigration[]> {
  return select(
    client,
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
     FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
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
