import type { Hash } from "node:crypto";
import type { EventFilters } from "@/schemas/events/event-filters";
import { chooseDriver } from "@/server/domain/events/query/leading-filter";
import { decodeEventKey, encodeEventKey } from "@/server/domain/events/query/event-key";
import { type EventSelection, probesOf } from "@/server/domain/events/query/event-source";
import type { StoredPart } from "@/server/kernel/ports/blob-store";
import type { Services } from "@/server/kernel/services";
import { blobKey } from "@/server/domain/exports/blob-key";
import { discardLeftovers } from "./discard-leftovers";
import { FILE_FORMATS, type FileFormat, gzipped } from "@/server/domain/exports/formats/file-format";
import { findPendingExport, noteProgress } from "./pending-export";
import { countRows, keyOfLast, readRows, withoutLast } from "@/server/domain/exports/formats/rows";
import { hashBefore, keepHash } from "./running-hash";
import { whilePending } from "./while-pending";

/** How far the file has come: the last row in it (null before the first), and what it holds up to there, uncompressed. */
export interface ExportCursor {
  readonly after: string | null;
  readonly rows: number;
  readonly bytes: number;
}

export interface ExportPart extends StoredPart {
  /** Where the next part goes on. */
  readonly cursor: ExportCursor;
  /** Whether this part ends the file. */
  readonly done: boolean;
}

/** Sizes that change the speed and never the bytes of the file: what a part holds at most, the bytes roughly. */
export interface PartSize {
  readonly rows: number;
  readonly bytes: number;
}

const MEBIBYTE = 1 << 20;
/** How many rows the first part holds at most: only then it is known how many bytes they take. */
const FIRST_ROWS = 10_000;
/** More ordered probes than this read more rows in vain than going through all rows would. */
const MOST_PROBES = 6;

/** A second of work, and above what S3 demands; growing, so that a thousand parts hold a billion rows and 300 GiB. */
export function partSize(number: number): PartSize {
  const growth = 1 + Math.floor(number / 50);
  return { rows: 100_000 * growth, bytes: 32 * MEBIBYTE * growth };
}

/**
 * Writes part `number` of the file from the cursor on (null for the first part). Writing it again from the same cursor
 * gives the same bytes.
 * @returns null when the export is no longer pending; what was stored of it is then dropped
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
    await discardLeftovers(services, exportId);
    return null;
  }
  const { filters, uploadId } = row;
  const selection = {
    organizationPk: row.organizationPk,
    filters,
    order: "oldest first",
    after: cursor?.after ? decodeEventKey(cursor.after) : null,
    receivedBefore: row.cutOff,
    driver: await driverOf(services, row.organizationPk, filters),
  } as const;
  const text = new PartText(FILE_FORMATS[row.format], cursor, size);
  const note = () => noteProgress(services, exportId, text.cursor);
  const hash = hashBefore(services.caches, exportId, number);
  const write = (signal: AbortSignal) => {
    const plain = text.chunks(services, selection, signal);
    const chunks = row.gzip ? gzipped(plain) : plain;
    return services.blobs.putPart(blobKey(exportId), uploadId, number, hash ? hashed(chunks, hash) : chunks);
  };
  const stored = await whilePending(services, exportId, write, note);
  if (stored && hash) keepHash(services.caches, exportId, stored, hash);
  if (stored && (await note())) return { ...stored, cursor: text.cursor, done: text.isLast };
  await discardLeftovers(services, exportId);
  return null;
}

/** The text of one part, with how far it has come; whoever compresses it does so after the counting. */
class PartText {
  cursor: ExportCursor;
  /** Whether nothing comes after it; known at its end. */
  isLast = false;

  constructor(
    private readonly format: FileFormat,
    private readonly start: ExportCursor | null,
    private readonly size: PartSize,
  ) {
    this.cursor = start ?? { after: null, rows: 0, bytes: 0 };
  }

  async *chunks({ db }: Services, selection: EventSelection, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    if (this.start === null) yield this.grown(Buffer.from(this.format.header));
    const limit = this.rowLimit();
    let left = limit;
    // One row more than it takes says whether there is another part.
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
        yield this.grown(text);
      }
      left -= count;
      // Rows that are far larger than those before.
      if (this.cursor.bytes - (this.start?.bytes ?? 0) >= 2 * this.size.bytes) return;
    }
    this.isLast = left >= 0;
  }

  /** By how large the rows have been so far. */
  private rowLimit(): number {
    const { rows, bytes } = this.cursor;
    const fitting = rows === 0 ? FIRST_ROWS : Math.ceil((this.size.bytes * rows) / bytes);
    return Math.min(this.size.rows, fitting);
  }

  private grown(chunk: Uint8Array): Uint8Array {
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

async function driverOf(services: Services, organizationPk: number, filters: EventFilters) {
  const driver = await chooseDriver(services.db, organizationPk, filters);
  return driver && probesOf(filters, driver) <= MOST_PROBES ? driver : null;
}
