import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import path from "node:path";

const SYNC_AFTER = 8 << 20;

/**
 * Writes a file all or nothing: it is there, whole and on the disk, when this resolves, and otherwise as before.
 * The folder must exist. Answers the number of bytes.
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
      // Appends the whole chunk, also where one call of the system takes only a part of it. The next one is made meanwhile.
      writing = handle.writeFile(chunk);
      writing.catch(() => undefined);
      bytes += chunk.byteLength;
      unsynced += chunk.byteLength;
      if (unsynced < SYNC_AFTER) continue;
      // Brings to the disk what is there by now, so that the end has little to wait for.
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

/** Makes a rename last: the entry is the folder's data. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
