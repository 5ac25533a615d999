import { createHash, type Hash } from "node:crypto";
import type { BlobStore, StoredPart } from "@/server/kernel/ports/blob-store";

interface Running {
  /** Of the first `parts` parts of the file, which have `bytes` bytes. */
  readonly hash: Hash;
  readonly parts: number;
  readonly bytes: number;
}

/** Exports whose hashes are kept; those of others are found by reading their files back. */
const MOST = 100;
/** By the store through which this process wrote the parts, and the export. */
const running = new WeakMap<BlobStore, Map<string, Running>>();

/** The SHA-256 of what comes before part `number`, to go on with; null where this process has not written all of it. */
export function hashBefore(blobs: BlobStore, exportId: string, number: number): Hash | null {
  if (number === 1) return createHash("sha256");
  const known = running.get(blobs)?.get(exportId);
  return known?.parts === number - 1 ? known.hash.copy() : null;
}

/** Notes that `hash` is that of the file up to `part`. */
export function keepHash(blobs: BlobStore, exportId: string, part: StoredPart, hash: Hash): void {
  const hashes = running.get(blobs) ?? new Map<string, Running>();
  running.set(blobs, hashes);
  const before = part.number === 1 ? 0 : (hashes.get(exportId)?.bytes ?? 0);
  // The newest comes last.
  hashes.delete(exportId);
  hashes.set(exportId, { hash, parts: part.number, bytes: before + part.bytes });
  const [oldest = ""] = hashes.keys();
  if (hashes.size > MOST) hashes.delete(oldest);
}

/** The SHA-256 in hex of the file that these parts make; null where this process has not written all of it. */
export function takeHash(blobs: BlobStore, exportId: string, parts: readonly StoredPart[]): string | null {
  const known = running.get(blobs)?.get(exportId);
  running.get(blobs)?.delete(exportId);
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return known?.parts === parts.length && known.bytes === bytes ? known.hash.digest("hex") : null;
}
