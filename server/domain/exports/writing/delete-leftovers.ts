import { blobKey } from "@/server/domain/exports/blob-key";
import { markLeftoversDeleted } from "@/server/domain/exports/export-store";
import type { Services } from "@/server/kernel/services";

/**
 * Deletes what is stored of an ended export besides its file: everything if it failed. It goes by the export's ID alone,
 * because a process may have crashed before it could save its upload. Does nothing while the export is pending.
 */
export async function deleteLeftovers(services: Services, exportId: string): Promise<void> {
  const since = services.now();
  const [row] = await services.db.query<{ state: "ready" | "error" }>(
    "SELECT state::text FROM audit_log_export WHERE id = $1 AND state <> 'pending'",
    [exportId],
  );
  if (!row) return;
  await services.blobs.abort(blobKey(exportId));
  if (row.state === "error") await services.blobs.delete(blobKey(exportId));
  await markLeftoversDeleted(services, exportId, since);
}
