import type { EventFilters } from "@/schemas/events/event-filters";
import { chooseDriver } from "@/server/domain/events/query/leading-filter";
import { eventSource } from "@/server/domain/events/query/event-source";
import { Parameters } from "@/server/domain/events/query/parameters";
import type { Services } from "@/server/kernel/services";
import { blobKey } from "@/server/domain/exports/blob-key";
import { discardLeftovers } from "./discard-leftovers";
import { everyWriterHasEnded } from "./wait-for-writers";
import { findPendingExport } from "./pending-export";
import { whilePending } from "./while-pending";

/**
 * Begins the work: fixes which rows the file will hold, counts them and opens the upload. Doing it again changes nothing,
 * and a cancellation meanwhile ends it within seconds.
 * @returns false when the export is no longer pending
 * @throws DomainError `unavailable` while a transaction that may have stored events before the cut-off stays open
 */
export async function beginExport(services: Services, exportId: string): Promise<boolean> {
  const cutOff = await fixCutOff(services, exportId);
  const hasBegun =
    cutOff !== undefined &&
    (await whilePending(services, exportId, (signal) => begin(services, exportId, cutOff, signal)));
  if (hasBegun !== true) await discardLeftovers(services, exportId);
  return hasBegun === true;
}

/** Rows received before this moment are in the file; it is the database's clock that says when a row was received. */
async function fixCutOff(services: Services, exportId: string): Promise<Date | undefined> {
  const [row] = await services.db.query<{ cut_off: Date }>(
    `UPDATE audit_log_export SET updated_at = $2::timestamptz, started_at = coalesce(started_at, $2::timestamptz),
       cut_off = coalesce(cut_off, date_trunc('milliseconds', clock_timestamp()))
     WHERE id = $1 AND state = 'pending' RETURNING cut_off`,
    [exportId, services.now().toISOString()],
  );
  return row?.cut_off;
}

async function begin(services: Services, exportId: string, cutOff: Date, signal: AbortSignal): Promise<boolean> {
  await everyWriterHasEnded(services, signal);
  const row = await findPendingExport(services, exportId);
  if (!row) return false;
  const rowsTotal = row.rowsTotal ?? (await countRows(services, row.organizationPk, row.filters, cutOff, signal));
  const uploadId = row.uploadId ?? (await services.blobs.begin(blobKey(exportId)));
  // What another run noted first stays: parts may have been stored for it.
  const begun = await services.db.query(
    `UPDATE audit_log_export SET rows_total = coalesce(rows_total, $2), upload_id = coalesce(upload_id, $3), updated_at = $4::timestamptz
     WHERE id = $1 AND state = 'pending' RETURNING id`,
    [exportId, rowsTotal, uploadId, services.now().toISOString()],
  );
  return begun.length > 0;
}

async function countRows(
  services: Services,
  organizationPk: number,
  filters: EventFilters,
  cutOff: Date,
  signal: AbortSignal,
): Promise<number> {
  const driver = await chooseDriver(services.db, organizationPk, filters);
  const selection = {
    organizationPk,
    filters,
    order: "oldest first",
    after: null,
    receivedBefore: cutOff,
    driver,
  } as const;
  const parameters = new Parameters();
  const source = eventSource(selection, null, parameters);
  const [row] = await services.db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${source}`,
    parameters.values,
    { signal },
  );
  return row?.count ?? 0;
}
