import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { BackupFile } from "./manifest";

/** Writes a stream into a file of the backup. */
export async function writeBackupFile(folder: string, name: string, source: Readable): Promise<BackupFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      yield chunk;
    }
  };
  await pipeline(source, measure, createWriteStream(join(folder, name), { mode: 0o600, flush: true }));
  return { name, bytes, sha256: hash.digest("hex") };
}

/**
 * Streams a file of the backup.
 * @throws Error after its last byte if the file differs from what was written
 */
export async function* readBackupFile(folder: string, { name, sha256 }: BackupFile): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  // Without an encoding, the stream yields buffers, which its type does not say.
  for await (const chunk of createReadStream(join(folder, name)) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest("hex") !== sha256) throw new Error(`${join(folder, name)} is damaged. Use another backup.`);
}
