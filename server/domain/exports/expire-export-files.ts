import type { Services } from "@/server/services";
import { blobKey } from "./blob-key";
import { inOrderOfId, inSpiteOfFailures } from "./in-spite";

const DAY = 86_400_000;
const BATCH = 100;

/**
 * Deletes the files that have been kept for as long as `exportFileDays` says. The exports stay, with what they held.
 * Doing it again does no harm, also where a file is gone already.
 * @throws what the blob store said of a file that it did not delete, after all others have been tried
 */
export async function expireExportFiles(services: Services): Promise<void> {
  const before = new Date(services.now().getTime() - services.config.exportFileDays * DAY);
  const due = inOrderOfId(BATCH, (after) =>
    services.db.prisma.auditLogExport.findMany({
      where: { id: { gt: after }, state: "ready", fileDeletedAt: null, finishedAt: { lte: before } },
      select: { id: true },
      orderBy: { id: "asc" },
      take: BATCH,
    }),
  );
  await inSpiteOfFailures(due, ({ id }) => expireFile(services, id));
}

/** The file first: a row that says deleted is never looked at again. */
async function expireFile(services: Services, id: string): Promise<void> {
  await services.blobs.delete(blobKey(id));
  const now = services.now();
  await services.db.prisma.auditLogExport.updateMany({
    where: { id, fileDeletedAt: null },
    data: { fileDeletedAt: now, updatedAt: now },
  });
}
