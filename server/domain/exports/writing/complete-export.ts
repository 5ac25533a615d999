import { createHash } from "node:crypto";
import { addAbortSignal } from "node:stream";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import { blobKey } from "@/server/domain/exports/blob-key";
import { discardLeftovers } from "./discard-leftovers";
import { findPendingExport } from "./pending-export";
import { takeHash } from "./running-hash";
import { whilePending } from "./while-pending";
import type { ExportPart } from "./write-export-part";

/**
 * Joins the parts into the file, finds its SHA-256 (by reading it back where another process wrote some of it), and
 * makes the export ready; an export whose parts do not hold the rows that were counted fails instead. Doing it again, or
 * for an export that is no longer pending, does no harm, and a cancellation meanwhile ends it within seconds.
 */
export async function completeExport(
  services: Services,
  exportId: string,
  parts: readonly ExportPart[],
): Promise<void> {
  const row = await findPendingExport(services, exportId);
  if (!row?.uploadId) return discardLeftovers(services, exportId);
  const { uploadId } = row;
  const rowsDone = parts.at(-1)?.cursor.rows ?? 0;
  // Both go by the cut-off, and until the export has ended neither retention nor a deletion takes anything away.
  if (rowsDone !== row.rowsTotal) return failExport(services, exportId, incomplete(rowsDone, row.rowsTotal ?? 0));

  const isReady = await whilePending(services, exportId, async (signal) => {
    await services.blobs.complete(blobKey(exportId), uploadId, parts, signal);
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    const sha256 =
      takeHash(services.caches, exportId, parts) ?? (await hashOfStored(services, exportId, bytes, signal));
    const finished = await services.db.query(
      `UPDATE audit_log_export SET state = 'ready', rows_done = $2, bytes = $3, sha256 = decode($4, 'hex'), upload_id = NULL,
         leftover_looks = 1, finished_at = $5::timestamptz, updated_at = $5::timestamptz
       WHERE id = $1 AND state = 'pending' RETURNING id`,
      [exportId, rowsDone, bytes, sha256, services.now().toISOString()],
    );
    return finished.length > 0;
  });
  if (isReady !== true) await discardLeftovers(services, exportId);
}

function incomplete(written: number, counted: number): DomainError {
  const file = `The file would hold ${written} rows, but ${counted} were counted when it was begun.`;
  return new DomainError(
    "unexpected",
    `${file} Somebody may have changed the database meanwhile. Run the export again.`,
  );
}

/** @throws DomainError `unexpected` when the file is not as long as its parts were */
async function hashOfStored(
  { blobs }: Services,
  exportId: string,
  written: number,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash("sha256");
  let bytes = 0;
  const { body } = await blobs.read(blobKey(exportId));
  // A stream of a file yields buffers; the type of Readable does not say so.
  for await (const chunk of addAbortSignal(signal, body) as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    bytes += chunk.byteLength;
  }
  if (bytes !== written) {
    throw new DomainError(
      "unexpected",
      `The stored file has ${bytes} bytes instead of ${written}. Run the export again.`,
    );
  }
  return hash.digest("hex");
}

/**
 * Ends an export that cannot be written, with a reason for people, and drops what was stored of it. Does nothing to one
 * that is finished.
 */
export async function failExport(
  services: Services,
  exportId: string,
  error: { readonly name: string; readonly message: string },
): Promise<void> {
  const failure =
    error.name === DomainError.name
      ? error.message
      : "The file could not be written because of an unexpected fault. Run the export again; if it fails again, the worker's log says why.";
  services.log.error({ exportId, error: `${error.name}: ${error.message}` }, "an export failed");
  await services.db.query(
    `UPDATE audit_log_export SET state = 'error', failure = $2, finished_at = $3::timestamptz, updated_at = $3::timestamptz
     WHERE id = $1 AND state = 'pending'`,
    [exportId, failure, services.now().toISOString()],
  );
  await discardLeftovers(services, exportId);
}
