import type { Services } from "@/server/services";
import { blobKey } from "./blob-key";

/** Drops the upload and the file of an export that ended in `error`. */
export async function discardLeftovers(services: Services, exportId: string): Promise<void> {
  const { prisma } = services.db;
  const row = await prisma.auditLogExport.findUnique({
    where: { id: exportId, state: "error", uploadId: { not: null } },
  });
  if (!row?.uploadId) return;
  await services.blobs.abort(blobKey(exportId), row.uploadId);
  await services.blobs.delete(blobKey(exportId));
  await prisma.auditLogExport.updateMany({ where: { id: exportId, state: "error" }, data: { uploadId: null } });
}
