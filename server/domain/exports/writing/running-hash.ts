import { createHash, type Hash } from "node:crypto";
import { type Caches, defineState } from "@/server/kernel/caches";
import type { StoredPart } from "@/server/kernel/ports/blob-store";

interface RunningHash {
  /** The hash of the first `parts` parts of the file, which have `bytes` bytes. */
  readonly hash: Hash;
  readonly parts: number;
  readonly bytes: number;
}

/** The number of exports whose hashes are kept; the files of others are read back. */
const MAX_HASHES = 100;
/** The hashes of the files that this process is writing, by export. */
const runningHashes = defineState({
  name: "export_hashes",
  create: () => new Map<string, RunningHash>(),
  entries: (hashes) => hashes.size,
});

/** Returns the SHA-256 of everything before part `number`, to continue with; null unless this process wrote all of it. */
export function hashBefore(caches: Caches, exportId: string, number: number): Hash | null {
  if (number === 1) return createHash("sha256");
  const known = caches.of(runningHashes).get(exportId);
  return known?.parts === number - 1 ? known.hash.copy() : null;
}

/** Stores `hash` as that of the file up to and including `part`. */
export function keepHash(caches: Caches, exportId: string, part: StoredPart, hash: Hash): void {
  const hashes = caches.of(runningHashes);
  const before = part.number === 1 ? 0 : (hashes.get(exportId)?.bytes ?? 0);
  // Deleted first, so that the newest entry comes last.
  hashes.delete(exportId);
  hashes.set(exportId, { hash, parts: part.number, bytes: before + part.bytes });
  const [oldest = ""] = hashes.keys();
  if (hashes.size > MAX_HASHES) hashes.delete(oldest);
}

/** Removes and returns the SHA-256 in hex of the file with these parts; null unless this process wrote all of them. */
export function takeHash(caches: Caches, exportId: string, parts: readonly StoredPart[]): string | null {
  const hashes = caches.of(runningHashes);
  const known = hashes.get(exportId);
  hashes.delete(exportId);
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return known?.parts === parts.length && known.bytes === bytes ? known.hash.digest("hex") : null;
}
