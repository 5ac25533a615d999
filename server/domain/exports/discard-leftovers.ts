import type { Services } from "@/server/services";
import { blobKey } from "./blob-key";

/** Drops the upload and the file of an export that ended in `error`. */
export async function discardLeftovers(services: Services, exportId: string): Promise<void> {
  const [row] = await services.db.query<{ upload_id: string }>(
    "SELECT upload_id FROM audit_log_export WHERE id = $1 AND state = 'error' AND upload_id IS NOT NULL",
    [exportId],
  );
  if (!row) return;
  await services.blobs.abort(blobKey(exportId), row.upload_id);
  await services.blobs.delete(blobKey(exportId));
  await services.db.query("UPDATE audit_log_export SET upload_id = NULL WHERE id = $1 AND state = 'error'", [exportId]);
}
