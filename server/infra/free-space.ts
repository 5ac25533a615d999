import { statfs } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { FreeSpace } from "@/server/kernel/ports/free-space";

/**
 * Returns how to read the free space of the disks that this installation uses.
 * @param databaseFolder the folder of the embedded database; undefined for a database elsewhere
 * @param blobStoreUrl the store of the export files; only a `file:` URL is on a disk
 */
export function diskSpace(databaseFolder: string | undefined, blobStoreUrl: string): () => Promise<FreeSpace> {
  const filesFolder = new URL(blobStoreUrl).protocol === "file:" ? fileURLToPath(blobStoreUrl) : undefined;
  return async () => {
    const [database, files] = await Promise.all([databaseFolder, filesFolder].map(freeBytes));
    return { database: database ?? null, files: files ?? null };
  };
}

/** Returns the bytes that this user can still write to the folder's disk; null if that is unknown. */
async function freeBytes(folder: string | undefined): Promise<number | null> {
  for (let each = folder; each !== undefined; each = each === path.dirname(each) ? undefined : path.dirname(each)) {
    const disk = await statfs(each).catch(() => null);
    // The first export creates the folder.
    if (disk !== null) return disk.bavail * disk.bsize;
  }
  return null;
}
