import { setTimeout as pause } from "node:timers/promises";
import type { EventFilters } from "@/schemas/event-filters";
import { chooseDriver } from "@/server/domain/events/choose-driver";
import { eventSource } from "@/server/domain/events/event-query";
import { Parameters } from "@/server/domain/events/parameters";
import { DomainError } from "@/server/errors";
import type { Services } from "@/server/services";
import { blobKey } from "./blob-key";
import { findPendingExport } from "./pending-export";

/** Milliseconds between two looks at the open transactions. */
const PAUSE = 100;
/** Milliseconds after which the wait is given up, to be taken up again by a retry. */
const PATIENCE = 20_000;

/**
 * Begins the work: fixes which rows the file will hold, counts them and opens the upload. Doing it again changes nothing.
 * @returns false when the export is no longer pending
 * @throws DomainError `unavailable` while a transaction that began before the cut-off stays open
 */
export async function beginExport(services: Services, exportId: string): Promise<boolean> {
  const cutOff = await fixCutOff(services, exportId);
  if (!cutOff) return false;
  await everythingBeforeIsCommitted(services, cutOff);

  const row = await findPendingExport(services, exportId);
  if (!row) return false;
  const rowsTotal = row.rowsTotal ?? (await countRows(services, row.organizationPk, row.filters, cutOff));
  const uploadId = row.uploadId ?? (await services.blobs.begin(blobKey(exportId)));
  const begun = await services.db.query(
    `UPDATE audit_log_export SET rows_total = $2, upload_id = $3, updated_at = $4::timestamptz
     WHERE id = $1 AND state = 'pending' RETURNING id`,
    [exportId, rowsTotal, uploadId, services.now().toISOString()],
  );
  if (begun.length === 0) await services.blobs.abort(blobKey(exportId), uploadId);
  return begun.length > 0;
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

/**
 * A row's received_at is the start of the transaction that stored it, so rows from before the cut-off can still appear
 * as long as a transaction from before it is open. Looks only after a pause: a transaction shows up a moment after it
 * took its start from the clock.
 */
async function everythingBeforeIsCommitted(services: Services, cutOff: Date): Promise<void> {
  for (let waited = PAUSE; ; waited += PAUSE) {
    await pause(PAUSE);
    // A dump holds one transaction for hours and stores nothing.
    const [row] = await services.db.query<{ oldest: Date | null }>(
      `SELECT min(xact_start) AS oldest FROM pg_stat_activity
       WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
         AND backend_type = 'client backend' AND application_name <> 'pg_dump' AND xact_start <= $1::timestamptz`,
      [cutOff.toISOString()],
    );
    if (!row?.oldest) return;
    if (waited >= PATIENCE) {
      throw new DomainError(
        "unavailable",
        `A database transaction has been open since ${row.oldest.toISOString()} and may still store events. End it, then run the export again.`,
      );
    }
  }
}

async function countRows(
  services: Services,
  organizationPk: number,
  filters: EventFilters,
  cutOff: Date,
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
  );
  return row?.count ?? 0;
}
