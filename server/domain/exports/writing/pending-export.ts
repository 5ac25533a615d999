import { type EventFilters, storedEventFilters } from "@/schemas/events/event-filters";
import { exportFormat, type ExportFormat } from "@/schemas/exports/export";
import type { Services } from "@/server/kernel/services";

/** The columns that the writing of a file needs. */
export interface PendingExport {
  readonly organizationPk: number;
  readonly filters: EventFilters;
  readonly format: ExportFormat;
  readonly gzip: boolean;
  readonly cutOff: Date | null;
  readonly rowsTotal: number | null;
  readonly uploadId: string | null;
}

/** Returns a pending export, or null. Uses SQL because Prisma's engine would cost the worker 70 MB of memory. */
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
