import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface Migration {
  /** The name of its folder, which begins with a timestamp. */
  readonly name: string;
  readonly sql: string;
}

/** Reads the migrations in this folder, oldest first. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.toSorted().map(async (name) => ({ name, sql: await readFile(join(folder, name, "migration.sql"), "utf8") })),
  );
}

/** Returns the SHA-256 of a migration's file in hex, which Prisma calls its checksum. */
export function checksumOf(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}
