import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { DomainError, notFound } from "@/server/errors";
import type { BlobStore, StoredPart } from "@/server/services";
import { isUploadName, safeKey, safeUpload } from "./blob-names";
import { clearly } from "./disk-failures";
import { syncFolder, writeDurably } from "./durable-write";

/**
 * Files under a directory (a `file:` URL): finished ones in `files/`, parts in `uploads/<key>/<upload>/`. What has been
 * answered is on the disk, not only in the system's cache.
 */
export function diskBlobStore(directoryUrl: string): BlobStore {
  const root = fileURLToPath(directoryUrl);
  const fileOf = (key: string) => path.join(root, "files", safeKey(key));
  const uploadsOf = (key: string) => path.join(root, "uploads", safeKey(key));
  const uploadOf = (key: string, uploadId: string) => path.join(uploadsOf(key), safeUpload(uploadId));
  const partOf = (key: string, uploadId: string, number: number) =>
    path.join(uploadOf(key, uploadId), `part-${number}`);

  async function isComplete(key: string, parts: readonly StoredPart[]): Promise<boolean> {
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    return (await sizeOf(fileOf(key))) === bytes;
  }

  const dropUploads = (key: string) => rm(uploadsOf(key), { recursive: true, force: true });

  return {
    begin: (key) =>
      clearly(async () => {
        await mkdir(uploadsOf(key), { recursive: true });
        const begun = (await readdir(uploadsOf(key))).find(isUploadName);
        if (begun !== undefined) return begun;
        const uploadId = randomBytes(16).toString("hex");
        await mkdir(uploadOf(key, uploadId));
        return uploadId;
      }),

    putPart: (key, uploadId, number, body) =>
      clearly(async () => {
        const part = partOf(key, uploadId, number);
        const bytes = await writeDurably(part, body);
        return { number, etag: String(bytes), bytes };
      }),

    complete: (key, uploadId, parts, signal) =>
      clearly(async () => {
        const folder = path.dirname(fileOf(key));
        // It appears by one rename: a file of this length is the whole, whatever a process that was killed left of the upload.
        if (!(await isComplete(key, parts))) {
          const whole = path.join(uploadOf(key, uploadId), "whole");
          await writeDurably(
            whole,
            joined(parts, (number) => partOf(key, uploadId, number), signal),
          );
          await mkdir(folder, { recursive: true });
          await rename(whole, fileOf(key));
        }
        await syncFolder(folder);
        await dropUploads(key);
      }),

    abort: (key) => clearly(() => dropUploads(key)),

    async read(key) {
      const bytes = await sizeOf(fileOf(key));
      if (bytes === null) throw notFound("File", key);
      return { bytes, body: createReadStream(fileOf(key), { highWaterMark: 1 << 18 }) };
    },

    address: () => Promise.resolve(null),

    delete: (key) => clearly(() => rm(fileOf(key), { force: true })),

    check: () =>
      clearly(async () => {
        await mkdir(root, { recursive: true });
        const probe = path.join(root, `.check-${randomBytes(6).toString("hex")}`);
        await (await open(probe, "wx")).close();
        await rm(probe);
      }),
  };
}

async function* joined(
  parts: readonly StoredPart[],
  fileOf: (number: number) => string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if ((await sizeOf(fileOf(part.number))) !== part.bytes) {
      throw new DomainError("unexpected", `Part ${part.number} of the upload is not as it was stored.`);
    }
    for await (const chunk of createReadStream(fileOf(part.number), { highWaterMark: 1 << 20 })) {
      signal?.throwIfAborted();
      yield chunk;
    }
  }
}

async function sizeOf(file: string): Promise<number | null> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return found?.size ?? null;
}
