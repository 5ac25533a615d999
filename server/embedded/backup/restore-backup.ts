import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { join } from "node:path";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { blobKey } from "@/server/domain/exports/blob-key";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";
import { readMigrations } from "@/server/infra/migrations/read-migrations";
import type { BlobStore, StoredPart } from "@/server/kernel/ports/blob-store";
import { readBackupFile } from "./backup-file";
import { type BackupFile, type Manifest, readManifest } from "./manifest";

export interface RestoreTarget {
  /** Connects as the role that owns the tables. */
  readonly ownerUrl: string;
  readonly blobs: BlobStore;
}

/** Bytes per part of a restored file. S3 accepts parts of at least 5 MiB, and 10,000 of them. */
const PART_BYTES = 64 << 20;

/**
 * Restores a backup into an empty database and a store of files. All rows appear at once, after all files: a restore that
 * is interrupted leaves no installation and can be repeated.
 * @throws Error in one sentence if the database is not empty, or if the backup is damaged or newer than this version
 */
export async function restoreBackup(target: RestoreTarget, folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const migrations = join(process.cwd(), "prisma", "migrations");
  const known = (await readMigrations(migrations)).map(({ name }) => name);
  const newer = manifest.migrations.find((name, index) => known[index] !== name);
  if (newer !== undefined)
    throw new Error(
      `The backup is from a newer version of Trailport, with the migration ${newer}. Install that version.`,
    );
  const client = new pg.Client({ connectionString: target.ownerUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await requireEmpty(client);
    await applyMigrations(target.ownerUrl, migrations, manifest.migrations.at(-1));
    await createMonths(client, manifest.months);
    for (const [id, file] of Object.entries(manifest.exports)) await restoreFile(target.blobs, id, file, folder);
    await client.query("BEGIN");
    await loadTables(client, manifest, folder);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
  // Those that were added since the backup.
  await applyMigrations(target.ownerUrl);
  return manifest;
}

/** Another start of Trailport, or an earlier restore, may have created the tables; rows of a workspace mean that it is used. */
async function requireEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ isUsed: boolean }>(
    `SELECT to_regclass('public.workspace') IS NOT NULL AS "isUsed"`,
  );
  if (rows[0]?.isUsed !== true) return;
  const { rowCount } = await client.query("SELECT FROM public.workspace LIMIT 1");
  if (rowCount !== 0)
    throw new Error("The database is not empty: it holds a workspace. Restore into a new data directory or database.");
}

/** Creates the tables of the months, so that the events are not all stored outside of them. */
async function createMonths(client: pg.Client, months: Manifest["months"]): Promise<void> {
  for (const month of months ?? []) {
    // Each call creates the next month on the way, or none if another session holds a lock.
    for (let isThere = false; !isThere;) {
      const { rows } = await client.query<{ isThere: boolean }>(`SELECT log.ensure_month($1) AS "isThere"`, [month]);
      isThere = rows[0]?.isThere ?? true;
    }
  }
}

async function loadTables(client: pg.Client, { tables, sequences, exports }: Manifest, folder: string): Promise<void> {
  for (const { table, columns, rows, file } of tables) {
    // They announce changes to running processes, and some fill columns that the backup has.
    await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    const copy = client.query(copyFrom(`COPY ${table} (${columns.join(", ")}) FROM STDIN`));
    await pipeline(Readable.from(readBackupFile(folder, file)), copy);
    if (copy.rowCount !== rows) throw new Error(`${table} has ${copy.rowCount} rows in the backup instead of ${rows}.`);
  }
  for (const [name, last] of Object.entries(sequences)) await client.query("SELECT setval($1, $2)", [name, last]);
  for (const { table } of tables) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  await client.query(RESTART_EXPORTS);
  await client.query(MARK_MISSING_FILES, [Object.keys(exports)]);
}

/** Exports that were being written start again: a backup has no unfinished uploads. */
const RESTART_EXPORTS = `UPDATE audit_log_export SET started_at = NULL, cut_off = NULL, rows_total = NULL, rows_done = 0,
  bytes = 0, upload_id = NULL, resumed_at = NULL, resume_tries = 0 WHERE state = 'pending'`;

const MARK_MISSING_FILES = `UPDATE audit_log_export SET file_deleted_at = now()
  WHERE state = 'ready' AND file_deleted_at IS NULL AND id <> ALL ($1)`;

async function restoreFile(blobs: BlobStore, exportId: string, file: BackupFile, folder: string): Promise<void> {
  const key = blobKey(exportId);
  // An earlier restore that was interrupted may have left some.
  await blobs.abort(key);
  await blobs.delete(key);
  const uploadId = await blobs.begin(key);
  const parts: StoredPart[] = [];
  const source = readBackupFile(folder, file);
  for (let isLast = false; !isLast;) {
    const part = await blobs.putPart(
      key,
      uploadId,
      parts.length + 1,
      nextPart(source, () => (isLast = true)),
    );
    parts.push(part);
  }
  await blobs.complete(key, uploadId, parts);
}

/** Yields the chunks of one part. */
async function* nextPart(source: AsyncGenerator<Buffer>, onEnd: () => void): AsyncGenerator<Buffer> {
  for (let bytes = 0; bytes < PART_BYTES;) {
    const chunk = await source.next();
    if (chunk.done) return onEnd();
    bytes += chunk.value.byteLength;
    yield chunk.value;
  }
}
