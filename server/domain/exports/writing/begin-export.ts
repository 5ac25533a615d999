import type { EventFilters } from "@/schemas/events/event-filters";
import { eventSource } from "@/server/domain/events/query/event-source";
import { chooseLeadingFilter } from "@/server/domain/events/query/leading-filter";
import { Parameters } from "@/server/domain/events/query/parameters";
import { blobKey } from "@/server/domain/exports/blob-key";
import { saveUpload, startExport } from "@/server/domain/exports/export-store";
import { requireFreeSpace } from "@/server/domain/operations/free-space";
import type { Services } from "@/server/kernel/services";
import { deleteLeftovers } from "./delete-leftovers";
import { findPendingExport } from "./pending-export";
import { waitForWriters } from "./wait-for-writers";
import { whilePending } from "./while-pending";

/**
 * Begins the writing of a file: fixes which rows it will hold, counts them and begins the upload. Repeating it changes
 * nothing, and a cancellation stops it within seconds.
 * @returns false if the export is no longer pending
 * @throws DomainError `unavailable` while a transaction is open that may have stored events before the cut-off, or while
 * less space is free than the reserve
 */
export async function beginExport(services: Services, exportId: string): Promise<boolean> {
  const cutOff = await startExport(services, exportId);
  const hasBegun =
    cutOff !== null && (await whilePending(services, exportId, (signal) => begin(services, exportId, cutOff, signal)));
  if (hasBegun !== true) await deleteLeftovers(services, exportId);
  return hasBegun === true;
}

async function begin(services: Services, exportId: string, cutOff: Date, signal: AbortSignal): Promise<boolean> {
  await requireFreeSpace(services);
  await waitForWriters(services, signal);
  const row = await findPendingExport(services, exportId);
  if (!row) return false;
  const rowsTotal = row.rowsTotal ?? (await countRows(services, row.organizationPk, row.filters, cutOff, signal));
  const uploadId = row.uploadId ?? (await services.blobs.begin(blobKey(exportId)));
  return saveUpload(services, exportId, { rowsTotal, uploadId });
}

async function countRows(
  services: Services,
  organizationPk: number,
  filters: EventFilters,
  cutOff: Date,
  signal: AbortSignal,
): Promise<number> {
  const leadingFilter = await chooseLeadingFilter(services.db, organizationPk, filters);
  const selection = {
    organizationPk,
    filters,
    order: "oldest first",
    after: null,
    receivedBefore: cutOff,
    leadingFilter,
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
