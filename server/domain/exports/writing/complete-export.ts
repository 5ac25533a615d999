import { createHash } from "node:crypto";
import { addAbortSignal } from "node:stream";
import { blobKey } from "@/server/domain/exports/blob-key";
import { markReady } from "@/server/domain/exports/export-store";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import { deleteLeftovers } from "./delete-leftovers";
import { failExport } from "./fail-export";
import { findPendingExport } from "./pending-export";
import { takeHash } from "./running-hash";
import { whilePending } from "./while-pending";
import type { ExportPart } from "./write-export-part";

/**
 * Joins the parts into the file, computes its SHA-256 (by reading it back if another process wrote some of it) and marks
 * the export as ready. An export whose parts do not hold the counted rows fails instead. Repeating it, or completing an
 * export that has ended, does no harm, and a cancellation stops it within seconds.
 */
export async function completeExport(
  services: Services,
  exportId: string,
  parts: readonly ExportPart[],
): Promise<void> {
  const row = await findPendingExport(services, exportId);
  if (!row?.uploadId) return deleteLeftovers(services, exportId);
  const { uploadId } = row;
  const rows = parts.at(-1)?.cursor.rows ?? 0;
  // Both numbers are of the rows before the cut-off, and neither retention nor a deletion deletes events of a pending export.
  if (rows !== row.rowsTotal) return failExport(services, exportId, incomplete(rows, row.rowsTotal ?? 0));

  const isReady = await whilePending(services, exportId, async (signal) => {
    await services.blobs.complete(blobKey(exportId), uploadId, parts, signal);
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    const sha256 =
      takeHash(services.caches, exportId, parts) ?? (await hashOfStored(services, exportId, bytes, signal));
    return markReady(services, exportId, { rows, bytes, sha256 });
  });
  if (isReady !== true) await deleteLeftovers(services, exportId);
}

function incomplete(written: number, counted: number): DomainError {
  const file = `The file would contain ${written} rows, but ${counted} were counted at the start.`;
  return new DomainError("unexpected", `${file} Something may have changed the database directly. Export again.`);
}

/** @throws DomainError `unexpected` if the file is not as long as its parts were */
async function hashOfStored(
  { blobs }: Services,
  exportId: string,
  written: number,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash("sha256");
  let bytes = 0;
  const { body } = await blobs.read(blobKey(exportId));
  // A file's stream yields buffers, which the type of Readable does not say.
  for await (const chunk of addAbortSignal(signal, body) as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    bytes += chunk.byteLength;
  }
  if (bytes !== written) {
    throw new DomainError("unexpected", `The stored file has ${bytes} bytes instead of ${written}. Export again.`);
  }
  return hash.digest("hex");
}
