import { existsSync } from "node:fs";
import { join } from "node:path";

/** What people need to know after a first start, and the mark of one that has begun. */
export function firstStartFiles(dataDir: string): { result: string; pending: string } {
  return { result: join(dataDir, "first-start.json"), pending: join(dataDir, "first-start.pending") };
}

/**
 * Whether the installation still has to be provisioned. Deleting `first-start.json` of an embedded database asks for a
 * new password; a database of the user's own may belong to other machines too, and its owner's password stays.
 */
export function needsFirstStart(dataDir: string, database: { isEmbedded: boolean; hasWorkspace: boolean }): boolean {
  const { result, pending } = firstStartFiles(dataDir);
  if (!database.hasWorkspace || existsSync(pending)) return true;
  return database.isEmbedded && !existsSync(result);
}
