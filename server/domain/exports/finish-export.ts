import { createHash } from "node:crypto";
import { DomainError } from "@/server/errors";
import type { Services } from "@/server/services";
import { blobKey } from "./blob-key";
import { discardLeftovers } from "./discard-leftovers";
import { findPendingExport } from "./pending-export";
import type { ExportPart } from "./write-export-part";

/**
 * Joins the parts into the file, reads it back for its SHA-256, and makes the export ready. Doing it again, or for an
 * export that is no longer pending, does no harm.
 */
export async function completeExport(
  services: Services,
  exportId: string,
  parts: readonly ExportPart[],
): Promise<void> {
  const row = await findPendingExport(services, exportId);
  if (!row?.uploadId) return discardLeftovers(services, exportId);
  const key = blobKey(exportId);
  await services.blobs.complete(key, row.uploadId, parts);

  const rowsDone = parts.at(-1)?.cursor.rows ?? 0;
  const written = parts.reduce((sum, part) => sum + part.bytes, 0);
  const hash = createHash("sha256");
  let bytes = 0;
  // A stream of a file yields buffers; the type of Readable does not say so.
  for await (const chunk of (await services.blobs.read(key)).body as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    bytes += chunk.byteLength;
  }
  if (bytes !== written) {
    throw new DomainError(
      "unexpected",
      `The stored file has ${bytes} bytes instead of ${written}. Run the export again.`,
    );
  }
  const finished = await services.db.query(
    `UPDATE audit_log_export SET state = 'ready', rows_done = $2, bytes = $3, sha256 = decode($4, 'hex'), upload_id = NULL,
       finished_at = $5::timestamptz, updated_at = $5::timestamptz
     WHERE id = $1 AND state = 'pending' RETURNING id`,
    [exportId, rowsDone, bytes, hash.digest("hex"), services.now().toISOString()],
  );
  if (finished.length === 0) await discardLeftovers(services, exportId);
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
