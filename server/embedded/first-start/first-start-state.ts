import { existsSync } from "node:fs";
import { join } from "node:path";

/** Returns the paths of the result of a first start, and of the marker that one has begun and not finished. */
export function firstStartFiles(dataDir: string): { result: string; pending: string } {
  return { result: join(dataDir, "first-start.json"), pending: join(dataDir, "first-start.pending") };
}

/**
 * Whether this start has to set up the installation. If the database is embedded, deleting `first-start.json` requests a
 * new password. The user's own database may be shared with other machines, so its owner's password stays.
 */
export function needsFirstStart(dataDir: string, database: { isEmbedded: boolean; hasWorkspace: boolean }): boolean {
  const { result, pending } = firstStartFiles(dataDir);
  if (!database.hasWorkspace || existsSync(pending)) return true;
  return database.isEmbedded && !existsSync(result);
}
