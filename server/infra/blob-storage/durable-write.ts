import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import path from "node:path";

/** Bytes after which written data is flushed to the disk. */
const SYNC_AFTER = 8 << 20;

/**
 * Writes a file atomically: if this resolves, the whole file is on the disk, otherwise the old one is unchanged. The folder
 * must exist.
 * @returns the number of bytes
 */
export async function writeDurably(file: string, body: AsyncIterable<Uint8Array>): Promise<number> {
  const unfinished = `${file}.${randomBytes(6).toString("hex")}.unfinished`;
  const handle = await open(unfinished, "wx");
  try {
    let bytes = 0;
    let unsynced = 0;
    let writing = Promise.resolve();
    let syncing = Promise.resolve();
    for await (const chunk of body) {
      await writing;
      // writeFile appends the whole chunk, which one system call may not. The next chunk is produced in the meantime.
      writing = handle.writeFile(chunk);
      writing.catch(() => undefined);
      bytes += chunk.byteLength;
      unsynced += chunk.byteLength;
      if (unsynced < SYNC_AFTER) continue;
      // Flushes what is written so far, so that little is left to flush at the end.
      unsynced = 0;
      await syncing;
      syncing = writing.then(() => handle.datasync());
      syncing.catch(() => undefined);
    }
    await writing;
    await syncing;
    await handle.sync();
    await handle.close();
    await rename(unfinished, file);
    await syncFolder(path.dirname(file));
    return bytes;
  } finally {
    await handle.close().catch(() => undefined);
    await rm(unfinished, { force: true });
  }
}

/** Flushes a folder to the disk, which makes a rename in it durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
