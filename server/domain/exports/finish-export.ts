import { createHash } from "node:crypto";
import { DomainError } from "@/server/errors";
import type { Services } from "@/server/services";
import { blobKey } from "./blob-key";
import { discardLeftovers } from "./discard-leftovers";
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
  const { prisma } = services.db;
  const row = await prisma.auditLogExport.findUnique({ where: { id: exportId, state: "pending" } });
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
  const now = services.now();
  const { count } = await prisma.auditLogExport.updateMany({
    where: { id: exportId, state: "pending" },
    data: {
      state: "ready",
      rowsDone,
      bytes,
      sha256: new Uint8Array(hash.digest()),
      uploadId: null,
      finishedAt: now,
      updatedAt: now,
    },
  });
  if (count === 0) await discardLeftovers(services, exportId);
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
  const now = services.now();
  const failure =
    error.name === DomainError.name
      ? error.message
      : "The file could not be written because of an unexpected fault. Run the export again; if it fails again, the worker's log says why.";
  services.log.error({ exportId, error: `${error.name}: ${error.message}` }, "an export failed");
  await services.db.prisma.auditLogExport.updateMany({
    where: { id: exportId, state: "pending" },
    data: { state: "error", failure, finishedAt: now, updatedAt: now },
  });
  await discardLeftovers(services, exportId);
}
