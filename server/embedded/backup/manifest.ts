import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writePrivateFile } from "@/server/embedded/host/durable-files";

/** A file of the backup. */
const file = z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() });

/** Describes a backup. It is written last, so a folder without it is no backup. */
const manifest = z.object({
  /** The layout of the folder. */
  format: z.literal(1),
  trailport: z.string(),
  /** When the backup began. Every event that was acknowledged before is in it. */
  startedAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  /** The first and the last month that have a table of events, such as 2026-09-01; null if none has. */
  months: z.tuple([z.string(), z.string()]).nullable(),
  /** In an order in which rows can be inserted: referenced tables first. */
  tables: z.array(z.object({ table: z.string(), columns: z.array(z.string()), rows: z.number().int(), file })),
  sequences: z.record(z.string(), z.string()),
  /** The files of exports, by the export's ID. */
  exports: z.record(z.string(), file),
});

export type Manifest = z.output<typeof manifest>;
export type BackupFile = z.output<typeof file>;

const NAME = "backup.json";

export async function writeManifest(folder: string, content: Manifest): Promise<void> {
  await writePrivateFile(join(folder, NAME), `${JSON.stringify(content, null, 2)}\n`);
}

/** @throws Error in one sentence if the folder is not a complete backup of a known format */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, NAME), "utf8").catch(() => {
    throw new Error(`${folder} is not a complete backup: it has no ${NAME}.`);
  });
  const parsed = manifest.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${join(folder, NAME)} is damaged, or from a newer version of Trailport.`);
  return parsed.data;
}
