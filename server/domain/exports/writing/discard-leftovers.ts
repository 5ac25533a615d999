import type { Services } from "@/server/kernel/services";
import { blobKey } from "@/server/domain/exports/blob-key";

/** Milliseconds after an export's end when nothing can come any more, however slow the work that did not notice it. */
export const SETTLED_AFTER = 6 * 60 * 60_000;

/**
 * Drops what is stored of an export that has ended: of one without a file all, of a ready one what there is besides the
 * file. It goes by the export's name alone, since a process may have ended before it could note what it had begun.
 */
export async function discardLeftovers(services: Services, exportId: string): Promise<void> {
  const now = services.now();
  const [row] = await services.db.query<{ state: "ready" | "error" }>(
    "SELECT state::text FROM audit_log_export WHERE id = $1 AND state <> 'pending'",
    [exportId],
  );
  if (!row) return;
  await services.blobs.abort(blobKey(exportId));
  if (row.state === "error") await services.blobs.delete(blobKey(exportId));
  await services.db.query(
    `UPDATE audit_log_export SET upload_id = NULL,
       leftover_looks = CASE WHEN finished_at <= $2::timestamptz THEN 2 ELSE greatest(leftover_looks, 1) END
     WHERE id = $1 AND state <> 'pending'`,
    [exportId, new Date(now.getTime() - SETTLED_AFTER).toISOString()],
  );
}
