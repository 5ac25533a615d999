import type { Services } from "@/server/kernel/services";
import { blobKey } from "@/server/domain/exports/blob-key";
import { inOrderOfId, inSpiteOfFailures } from "./run-all";

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
    services.db.query<{ id: string }>(
      `SELECT id FROM audit_log_export
       WHERE id > $1 AND state = 'ready' AND file_deleted_at IS NULL AND finished_at <= $2::timestamptz ORDER BY id LIMIT ${BATCH}`,
      [after, before.toISOString()],
    ),
  );
  await inSpiteOfFailures(due, ({ id }) => expireFile(services, id));
}

/** The file first: a row that says deleted is never looked at again. */
async function expireFile(services: Services, id: string): Promise<void> {
  await services.blobs.delete(blobKey(id));
  await services.db.query(
    `UPDATE audit_log_export SET file_deleted_at = $2::timestamptz, updated_at = $2::timestamptz
     WHERE id = $1 AND file_deleted_at IS NULL`,
    [id, services.now().toISOString()],
  );
}
