import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { blobKey } from "@/server/domain/exports/blob-key";
import type { BlobStore } from "@/server/kernel/ports/blob-store";
import { VERSION } from "@/server/kernel/version";
import { writeBackupFile } from "./backup-file";
import { type BackupFile, type Manifest, writeManifest } from "./manifest";
import { type BackupTable, listTables, readSequences } from "./tables";

export interface BackupSource {
  /** Connects as a role that can read every table. */
  readonly databaseUrl: string;
  readonly blobs: BlobStore;
}

/**
 * Copies a Trailport into an empty folder, also while it runs: all rows as of one point in time, then the files of the
 * exports that were ready at that time. Neither ingest nor exports wait for it.
 * @returns what it copied
 * @throws Error in one sentence if the folder is not empty
 */
export async function takeBackup({ databaseUrl, blobs }: BackupSource, folder: string): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty. Name a new folder for the backup.`);
  await mkdir(join(folder, "tables"), { mode: 0o700 });
  await mkdir(join(folder, "exports"), { mode: 0o700 });
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("SET timezone = 'UTC'");
    await client.query("SET statement_timeout = 0");
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    // Before the first query, which fixes the time of the copy: no month is created or dropped from here on.
    await client.query("LOCK TABLE ONLY log.event IN ACCESS SHARE MODE");
    const described = await describe(client);
    const tables = [];
    for (const each of await listTables(client)) tables.push({ ...each, ...(await copyTable(client, each, folder)) });
    const sequences = await readSequences(client);
    const ready = await readyExports(client);
    await client.query("COMMIT");
    const exports = await copyFiles(blobs, ready, folder);
    const manifest: Manifest = { format: 1, trailport: VERSION, ...described, tables, sequences, exports };
    await writeManifest(folder, manifest);
    return manifest;
  } finally {
    await client.end();
  }
}

async function describe(client: pg.Client): Promise<Pick<Manifest, "startedAt" | "migrations" | "months">> {
  const { rows: migrations } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM public._prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const { rows } = await client.query<{ at: Date; first: string | null; last: string | null }>(
    "SELECT now() AS at, min(first_day)::text AS first, max(first_day)::text AS last FROM log.month",
  );
  const { at, first, last } = rows[0] ?? { at: new Date(), first: null, last: null };
  return {
    startedAt: at.toISOString(),
    migrations: migrations.map(({ name }) => name),
    months: first === null || last === null ? null : [first, last],
  };
}

async function copyTable(
  client: pg.Client,
  { table, columns }: BackupTable,
  folder: string,
): Promise<{ rows: number; columns: string[]; file: BackupFile }> {
  const copy = client.query(copyTo(`COPY (SELECT ${columns.join(", ")} FROM ${table}) TO STDOUT`));
  const file = await writeBackupFile(folder, join("tables", `${table.replaceAll('"', "")}.copy`), copy);
  return { rows: copy.rowCount, columns: [...columns], file };
}

interface ReadyExport {
  readonly id: string;
  readonly sha256: string;
}

async function readyExports(client: pg.Client): Promise<ReadyExport[]> {
  const { rows } = await client.query<ReadyExport>(
    `SELECT id, encode(sha256, 'hex') AS sha256 FROM audit_log_export
     WHERE state = 'ready' AND file_deleted_at IS NULL ORDER BY id`,
  );
  return rows;
}

/** Copies the files that exist. One may have expired since the rows were read; a restore says that it was deleted. */
async function copyFiles(
  blobs: BlobStore,
  ready: readonly ReadyExport[],
  folder: string,
): Promise<Manifest["exports"]> {
  const files: Manifest["exports"] = {};
  for (const { id, sha256 } of ready) {
    const stored = await blobs.read(blobKey(id)).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "not_found") return null;
      throw error;
    });
    if (stored === null) continue;
    const file = await writeBackupFile(folder, join("exports", id), stored.body);
    if (file.sha256 !== sha256)
      throw new Error(`The file of export ${id} differs from its SHA-256. Delete the export's file.`);
    files[id] = file;
  }
  return files;
}
