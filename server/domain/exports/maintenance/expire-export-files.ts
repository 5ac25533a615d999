import { blobKey } from "@/server/domain/exports/blob-key";
import { markFileDeleted } from "@/server/domain/exports/export-store";
import { DAY } from "@/server/domain/exports/schedule";
import type { Services } from "@/server/kernel/services";
import { inOrderOfId, runAll } from "./run-all";

const BATCH = 100;

/**
 * Deletes the files that are older than `exportFileDays`; the exports stay, with their filters and numbers. Repeating it
 * does no harm, even if a file no longer exists.
 * @throws the blob store's first failure, after all other files
 */
export async function expireExportFiles(services: Services): Promise<void> {
  const before = new Date(services.now().getTime() - services.config.exportFileDays * DAY);
  const due = inOrderOfId(BATCH, (after) =>
    services.db.query<{ id: string }>(
      `SELECT id FROM audit_log_export
       WHERE id > $1 AND state = 'ready' AND file_deleted_at IS NULL AND finished_at <= $2::timestamptz ORDER BY id LIMIT ${BATCH}`,
      [after, before.toISOString()],
    ),
  );
  await runAll(due, async ({ id }) => {
    // The file first: a row that is marked as deleted is never read here again.
    await services.blobs.delete(blobKey(id));
    await markFileDeleted(services, id);
  });
}
