import type { Hash } from "node:crypto";
import type { EventFilters } from "@/schemas/events/event-filters";
import { decodeEventKey } from "@/server/domain/events/query/event-key";
import { countProbes } from "@/server/domain/events/query/event-source";
import { chooseLeadingFilter } from "@/server/domain/events/query/leading-filter";
import { blobKey } from "@/server/domain/exports/blob-key";
import { saveProgress } from "@/server/domain/exports/export-store";
import { FILE_FORMATS, FORMATS_VERSION } from "@/server/domain/exports/formats/file-format";
import { GzipPart } from "@/server/domain/exports/formats/gzip";
import { requireFreeSpace } from "@/server/domain/operations/free-space";
import { DomainError } from "@/server/kernel/errors";
import type { StoredPart } from "@/server/kernel/ports/blob-store";
import type { Services } from "@/server/kernel/services";
import { deleteLeftovers } from "./delete-leftovers";
import { failExport } from "./fail-export";
import { type ExportCursor, type PartSize, partSize, PartWriter } from "./part-writer";
import { findPendingExport } from "./pending-export";
import { hashBefore, keepHash } from "./running-hash";
import { whilePending } from "./while-pending";

export interface ExportPart extends StoredPart {
  /** Where the next part continues. */
  readonly cursor: ExportCursor;
  /** Whether this part ends the file. */
  readonly done: boolean;
}

/** With more ordered probes, the probes would read more rows for nothing than a scan of all rows. */
const MAX_PROBES = 6;

/**
 * Writes part `number` of the file from the cursor on (null for the first part). Writing it again from the same cursor
 * gives the same bytes.
 * @returns null if the export is no longer pending; its leftovers are then deleted
 * @throws DomainError `unavailable` while less space is free than the reserve
 */
export async function writeExportPart(
  services: Services,
  exportId: string,
  cursor: ExportCursor | null,
  number: number,
  size: PartSize = partSize(number),
): Promise<ExportPart | null> {
  const row = await findPendingExport(services, exportId);
  if (!row?.uploadId) {
    await deleteLeftovers(services, exportId);
    return null;
  }
  const { filters, uploadId } = row;
  const isOld = cursor !== null && cursor.version !== FORMATS_VERSION;
  if (isOld && row.format === "csv_excel") {
    await failExport(services, exportId, upgraded());
    return null;
  }
  const selection = {
    organizationPk: row.organizationPk,
    filters,
    order: "oldest first",
    after: cursor?.after ? decodeEventKey(cursor.after) : null,
    receivedBefore: row.cutOff,
    leadingFilter: await leadingFilterOf(services, row.organizationPk, filters),
  } as const;
  const part = new PartWriter(FILE_FORMATS[row.format], cursor, size);
  // Version 0.2 wrote each part as a gzip member of its own. Its files end that way.
  const gzip = row.gzip ? new GzipPart(isOld ? null : cursor) : null;
  const save = () => saveProgress(services, exportId, part.cursor);
  const hash = hashBefore(services.caches, exportId, number);
  const write = (signal: AbortSignal) => {
    const text = part.write(services, selection, signal);
    const chunks = withinFreeSpace(services, gzip ? gzip.compress(text, () => isOld || part.isLast) : text);
    return services.blobs.putPart(blobKey(exportId), uploadId, number, hash ? hashed(chunks, hash) : chunks);
  };
  const stored = await whilePending(services, exportId, write, save);
  if (stored && hash) keepHash(services.caches, exportId, stored, hash);
  const next = gzip && !isOld ? { ...part.cursor, crc32: gzip.crc32 } : part.cursor;
  if (stored && (await save())) return { ...stored, cursor: next, done: part.isLast };
  await deleteLeftovers(services, exportId);
  return null;
}

/** Bytes after which the free space is checked again. */
const CHECK_SPACE_AFTER = 8 << 20;

/**
 * Passes the chunks on while more space is free than the reserve.
 * @throws DomainError `unavailable` once less is free
 */
async function* withinFreeSpace(services: Services, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let unchecked = CHECK_SPACE_AFTER;
  for await (const chunk of chunks) {
    unchecked += chunk.byteLength;
    if (unchecked >= CHECK_SPACE_AFTER) {
      await requireFreeSpace(services);
      unchecked = 0;
    }
    yield chunk;
  }
}

/** Version 0.2 wrote this format in another encoding. */
function upgraded(): DomainError {
  return new DomainError("conflict", "Trailport was upgraded while this file was being written. Export again.");
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

async function leadingFilterOf(services: Services, organizationPk: number, filters: EventFilters) {
  const leadingFilter = await chooseLeadingFilter(services.db, organizationPk, filters);
  return leadingFilter && countProbes(filters, leadingFilter) <= MAX_PROBES ? leadingFilter : null;
}
