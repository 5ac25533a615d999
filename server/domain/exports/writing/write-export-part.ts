import type { Hash } from "node:crypto";
import type { EventFilters } from "@/schemas/events/event-filters";
import { chooseLeadingFilter } from "@/server/domain/events/query/leading-filter";
import { decodeEventKey, encodeEventKey } from "@/server/domain/events/query/event-key";
import type { EventSelection } from "@/server/domain/events/query/event-selection";
import { countProbes } from "@/server/domain/events/query/event-source";
import type { StoredPart } from "@/server/kernel/ports/blob-store";
import type { Services } from "@/server/kernel/services";
import { blobKey } from "@/server/domain/exports/blob-key";
import { saveProgress } from "@/server/domain/exports/export-store";
import { FILE_FORMATS, type FileFormat, gzipped } from "@/server/domain/exports/formats/file-format";
import { deleteLeftovers } from "./delete-leftovers";
import { findPendingExport } from "./pending-export";
import { countRows, keyOfLast, readRows, withoutLast } from "@/server/domain/exports/formats/rows";
import { hashBefore, keepHash } from "./running-hash";
import { whilePending } from "./while-pending";

/** Where the writing stands: the last row written (null before the first), and the rows and uncompressed bytes so far. */
export interface ExportCursor {
  readonly after: string | null;
  readonly rows: number;
  readonly bytes: number;
}

export interface ExportPart extends StoredPart {
  /** Where the next part continues. */
  readonly cursor: ExportCursor;
  /** Whether this part ends the file. */
  readonly done: boolean;
}

/** The maximum of a part, approximate for bytes. It changes the speed and never the bytes of the file. */
export interface PartSize {
  readonly rows: number;
  readonly bytes: number;
}

const MEBIBYTE = 1 << 20;
/** The maximum of the first part, before the size of a row is known. */
const FIRST_ROWS = 10_000;
/** With more ordered probes, the probes would read more rows for nothing than a scan of all rows. */
const MAX_PROBES = 6;

/**
 * Returns the size of part `number`: about a second of work, and above S3's minimum. Parts grow, so that a thousand of
 * them hold a billion rows and 300 GiB.
 */
export function partSize(number: number): PartSize {
  const growth = 1 + Math.floor(number / 50);
  return { rows: 100_000 * growth, bytes: 32 * MEBIBYTE * growth };
}

/**
 * Writes part `number` of the file from the cursor on (null for the first part). Writing it again from the same cursor
 * gives the same bytes.
 * @returns null if the export is no longer pending; its leftovers are then deleted
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
  const selection = {
    organizationPk: row.organizationPk,
    filters,
    order: "oldest first",
    after: cursor?.after ? decodeEventKey(cursor.after) : null,
    receivedBefore: row.cutOff,
    leadingFilter: await leadingFilterOf(services, row.organizationPk, filters),
  } as const;
  const part = new PartWriter(FILE_FORMATS[row.format], cursor, size);
  const save = () => saveProgress(services, exportId, part.cursor);
  const hash = hashBefore(services.caches, exportId, number);
  const write = (signal: AbortSignal) => {
    const text = part.write(services, selection, signal);
    const chunks = row.gzip ? gzipped(text) : text;
    return services.blobs.putPart(blobKey(exportId), uploadId, number, hash ? hashed(chunks, hash) : chunks);
  };
  const stored = await whilePending(services, exportId, write, save);
  if (stored && hash) keepHash(services.caches, exportId, stored, hash);
  if (stored && (await save())) return { ...stored, cursor: part.cursor, done: part.isLast };
  await deleteLeftovers(services, exportId);
  return null;
}

/** Writes the text of one part, and counts its rows and bytes before compression. */
class PartWriter {
  cursor: ExportCursor;
  /** Whether this is the last part; known once it is written. */
  isLast = false;

  constructor(
    private readonly format: FileFormat,
    private readonly start: ExportCursor | null,
    private readonly size: PartSize,
  ) {
    this.cursor = start ?? { after: null, rows: 0, bytes: 0 };
  }

  async *write({ db }: Services, selection: EventSelection, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    if (this.start === null) yield this.counted(Buffer.from(this.format.header));
    const limit = this.rowLimit();
    let left = limit;
    // Reads one row more than the part may hold, to know whether there is another part.
    for await (const read of readRows(db, selection, limit + 1, { signal })) {
      const count = countRows(read);
      const rows = count > left ? withoutLast(read) : read;
      if (rows.length > 0) {
        const text = this.format.write(rows);
        const taken = Math.min(count, left);
        this.cursor = {
          ...this.cursor,
          after: encodeEventKey(keyOfLast(rows)),
          rows: this.cursor.rows + taken,
        };
        yield this.counted(text);
      }
      left -= count;
      // Ends the part early if its rows are far larger than the earlier ones.
      if (this.cursor.bytes - (this.start?.bytes ?? 0) >= 2 * this.size.bytes) return;
    }
    this.isLast = left >= 0;
  }

  /** Estimated from the size of the rows so far. */
  private rowLimit(): number {
    const { rows, bytes } = this.cursor;
    const fitting = rows === 0 ? FIRST_ROWS : Math.ceil((this.size.bytes * rows) / bytes);
    return Math.min(this.size.rows, fitting);
  }

  private counted(chunk: Uint8Array): Uint8Array {
    this.cursor = { ...this.cursor, bytes: this.cursor.bytes + chunk.byteLength };
    return chunk;
  }
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
