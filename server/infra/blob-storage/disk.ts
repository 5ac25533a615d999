import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { DomainError, notFound } from "@/server/kernel/errors";
import type { BlobStore, StoredPart } from "@/server/kernel/ports/blob-store";
import { isUploadId, safeKey, safeUpload } from "./blob-names";
import { explainDiskErrors } from "./disk-failures";
import { syncFolder, writeDurably } from "./durable-write";

/** Bytes to read ahead. */
const READ_AHEAD = 1 << 18;

/**
 * Stores blobs under a directory (a `file:` URL). Parts are files in `uploads/<key>/<upload>/`; completing an upload renames
 * that folder to `files/<key>/`. Copying the parts into one file would read and write everything again and need twice the
 * space. When a call resolves, its data is on the disk and not only in the system's cache.
 */
export function diskBlobStore(directoryUrl: string): BlobStore {
  const root = fileURLToPath(directoryUrl);
  const fileOf = (key: string) => path.join(root, "files", safeKey(key));
  const uploadsOf = (key: string) => path.join(root, "uploads", safeKey(key));
  const uploadOf = (key: string, uploadId: string) => path.join(uploadsOf(key), safeUpload(uploadId));

  const deleteUploads = (key: string) => rm(uploadsOf(key), { recursive: true, force: true });

  return {
    begin: (key) =>
      explainDiskErrors(async () => {
        await mkdir(uploadsOf(key), { recursive: true });
        const begun = (await readdir(uploadsOf(key))).find(isUploadId);
        if (begun !== undefined) return begun;
        const uploadId = randomBytes(16).toString("hex");
        await mkdir(uploadOf(key, uploadId));
        return uploadId;
      }),

    putPart: (key, uploadId, number, body) =>
      explainDiskErrors(async () => {
        const bytes = await writeDurably(path.join(uploadOf(key, uploadId), nameOf(number)), body);
        return { number, etag: String(bytes), bytes };
      }),

    complete: (key, uploadId, parts, signal) =>
      explainDiskErrors(async () => {
        signal?.throwIfAborted();
        const file = fileOf(key);
        // The file appears by one rename, so if it exists it is complete, whatever a crashed process left of the upload.
        const exists = (await partsIn(file)) !== null;
        const folder = exists ? file : uploadOf(key, uploadId);
        await requireParts(folder, parts);
        if (!exists) {
          await mkdir(path.dirname(file), { recursive: true });
          await rename(folder, file);
        }
        await syncFolder(path.dirname(file));
        await deleteOtherParts(file, parts);
        await deleteUploads(key);
      }),

    abort: (key) => explainDiskErrors(() => deleteUploads(key)),

    async read(key, range) {
      const parts = await partsIn(fileOf(key));
      if (parts === null) throw notFound("File", key);
      const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
      const { from, to } = range ?? { from: 0, to: bytes };
      const body = Readable.from(joined(parts, from, to), { objectMode: false, highWaterMark: READ_AHEAD });
      return { bytes: to - from, body };
    },

    address: () => Promise.resolve(null),

    delete: (key) =>
      explainDiskErrors(async () => {
        const deleted = `${fileOf(key)}.deleted`;
        // The file also disappears by one rename, so no reader finds half of it.
        await rename(fileOf(key), deleted).catch(unlessMissing);
        await rm(deleted, { recursive: true, force: true });
      }),

    check: () =>
      explainDiskErrors(async () => {
        await mkdir(root, { recursive: true });
        const probe = path.join(root, `.check-${randomBytes(6).toString("hex")}`);
        await (await open(probe, "wx")).close();
        await rm(probe);
      }),
  };
}

const nameOf = (number: number) => `part-${number}`;
const NAME = /^part-(\d+)$/;

interface PartFile {
  readonly number: number;
  readonly file: string;
  readonly bytes: number;
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
  throw error;
}

/** Lists the parts in a folder, in order; null if the folder does not exist or is a file of an older version. */
async function partsIn(folder: string): Promise<readonly PartFile[] | null> {
  const names = await readdir(folder).catch(unlessMissing);
  if (names === null) return null;
  const parts: PartFile[] = [];
  for (const name of names) {
    const [, number] = NAME.exec(name) ?? [];
    const file = path.join(folder, name);
    if (number !== undefined) parts.push({ number: Number(number), file, bytes: (await stat(file)).size });
  }
  return parts.toSorted((one, other) => one.number - other.number);
}

async function requireParts(folder: string, parts: readonly StoredPart[]): Promise<void> {
  const found = new Map((await partsIn(folder))?.map(({ number, bytes }) => [number, bytes]));
  for (const { number, bytes } of parts) {
    if (found.get(number) !== bytes) {
      throw new DomainError("unexpected", `Part ${number} of the upload has changed since it was stored.`);
    }
  }
}

/** Deletes what a stalled writer stored next to the parts of a finished file. */
async function deleteOtherParts(folder: string, parts: readonly StoredPart[]): Promise<void> {
  const names = new Set(parts.map(({ number }) => nameOf(number)));
  for (const name of await readdir(folder)) if (!names.has(name)) await rm(path.join(folder, name), { force: true });
}

/** Yields the bytes of the joined parts from `from` up to but not including `to`. */
async function* joined(parts: readonly PartFile[], from: number, to: number): AsyncGenerator<Uint8Array> {
  let before = 0;
  for (const { file, bytes } of parts) {
    const [start, end] = [Math.max(0, from - before), Math.min(bytes, to - before)];
    before += bytes;
    if (start >= end) continue;
    const options = { start, end: end - 1, highWaterMark: READ_AHEAD };
    yield* createReadStream(file, options) as AsyncIterable<Uint8Array>;
  }
}
