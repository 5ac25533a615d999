import { type EventFilters, storedEventFilters } from "@/schemas/events/event-filters";
import { exportFormat, type ExportFormat } from "@/schemas/exports/export";
import type { Services } from "@/server/kernel/services";

/** What the work on a file goes by. Read and written by SQL: Prisma's engine would cost the worker 70 MB. */
export interface PendingExport {
  readonly organizationPk: number;
  readonly filters: EventFilters;
  readonly format: ExportFormat;
  readonly gzip: boolean;
  readonly cutOff: Date | null;
  readonly rowsTotal: number | null;
  readonly uploadId: string | null;
}

/** The export while it is neither finished nor cancelled, and otherwise null. */
export async function findPendingExport(services: Services, exportId: string): Promise<PendingExport | null> {
  const [row] = await services.db.query<PendingExport>(
    `SELECT organization_pk AS "organizationPk", filters, format::text, gzip, cut_off AS "cutOff",
       rows_total AS "rowsTotal", upload_id AS "uploadId"
     FROM audit_log_export WHERE id = $1 AND state = 'pending'`,
    [exportId],
  );
  if (!row) return null;
  return { ...row, filters: storedEventFilters.parse(row.filters), format: exportFormat.parse(row.format) };
}

/** Notes how far the file has come; false when the export is no longer pending. */
export async function noteProgress(
  services: Services,
  exportId: string,
  { rows, bytes }: { readonly rows: number; readonly bytes: number },
): Promise<boolean> {
  const noted = await services.db.query(
    `UPDATE audit_log_export SET rows_done = $2, bytes = $3, updated_at = $4::timestamptz
     WHERE id = $1 AND state = 'pending' RETURNING id`,
    [exportId, rows, bytes, services.now().toISOString()],
  );
  return noted.length > 0;
}

/** Notes that somebody is at work on the file; false when the export is no longer pending. */
export async function noteWork(services: Services, exportId: string): Promise<boolean> {
  const noted = await services.db.query(
    "UPDATE audit_log_export SET updated_at = $2::timestamptz WHERE id = $1 AND state = 'pending' RETURNING id",
    [exportId, services.now().toISOString()],
  );
  return noted.length > 0;
}
