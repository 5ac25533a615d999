import { setImmediate as turn } from "node:timers/promises";
import type { EventFilters } from "@/schemas/event-filters";
import { chooseDriver } from "@/server/domain/events/choose-driver";
import { decodeEventKey, encodeEventKey } from "@/server/domain/events/event-key";
import { type EventSelection, probesOf } from "@/server/domain/events/event-query";
import type { Services, StoredPart } from "@/server/services";
import { blobKey } from "./blob-key";
import { discardLeftovers } from "./discard-leftovers";
import { encoded, FILE_FORMATS, type FileFormat, gzipped } from "./file-format";
import { findPendingExport, noteProgress } from "./pending-export";
import { keyOf, readPage } from "./read-page";

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

/** Sizes that change the speed and never the bytes of the file. */
export interface PartSize {
  readonly pageRows: number;
  /** A part ends with the page that reaches it. */
  readonly bytes: number;
}

const MEBIBYTE = 1 << 20;
/** Milliseconds between two looks at the row, to note the progress and see a cancellation. */
const NOTE_EVERY = 1000;
/** More ordered probes than this read more rows of each page in vain than going through all rows would. */
const MOST_PROBES = 6;

/** Seconds of work, and above what S3 demands; growing, so that a thousand parts hold 160 GiB. */
export function partSize(number: number): PartSize {
  return { pageRows: 1000, bytes: 32 * MEBIBYTE * (1 + Math.floor(number / 100)) };
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
  const { filters } = row;
  const selection = {
    organizationPk: row.organizationPk,
    filters,
    order: "oldest first",
    after: cursor?.after ? decodeEventKey(cursor.after) : null,
    receivedBefore: row.cutOff,
    driver: await driverOf(services, row.organizationPk, filters),
  } as const;
  const text = new PartText(services, exportId, FILE_FORMATS[row.format], selection, cursor, size);
  const chunks = row.gzip ? gzipped(text.chunks()) : text.chunks();
  const stored = await services.blobs.putPart(blobKey(exportId), row.uploadId, number, chunks);
  if (text.end === "stopped" || !(await noteProgress(services, exportId, text.cursor))) {
    await discardLeftovers(services, exportId);
    return null;
  }
  return { ...stored, cursor: text.cursor, done: text.end === "end of file" };
}

/** The text of one part, with how far it has come; whoever compresses it does so after the counting. */
class PartText {
  cursor: ExportCursor;
  end: "end of part" | "end of file" | "stopped" = "end of part";

  constructor(
    private readonly services: Services,
    private readonly exportId: string,
    private readonly format: FileFormat,
    private readonly selection: EventSelection,
    private readonly start: ExportCursor | null,
    private readonly size: PartSize,
  ) {
    this.cursor = start ?? { after: null, rows: 0, bytes: 0 };
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    const { services, size } = this;
    const limit = this.cursor.bytes + size.bytes;
    let noted = services.now().getTime();
    let page = await readPage(services.db, this.selection, size.pageRows);
    if (this.start === null) yield this.grown(Buffer.from(this.format.header));

    for (let last = page.at(-1); last; last = page.at(-1)) {
      const after = keyOf(last);
      // The database reads the next page while this one is formatted; one turn of the loop lets the query leave.
      const following =
        page.length < size.pageRows ? null : readPage(services.db, { ...this.selection, after }, size.pageRows);
      // Its failure is met below, or does not matter where the part ends first.
      following?.catch(() => undefined);
      await turn();
      const text = encoded(this.format, page);
      this.cursor = { ...this.cursor, after: encodeEventKey(after), rows: this.cursor.rows + page.length };
      yield this.grown(text);

      page = following ? await following : [];
      if (page.length > 0 && this.cursor.bytes >= limit) return;
      if (services.now().getTime() - noted < NOTE_EVERY) continue;
      noted = services.now().getTime();
      if (await noteProgress(services, this.exportId, this.cursor)) continue;
      this.end = "stopped";
      return;
    }
    this.end = "end of file";
  }

  private grown(chunk: Uint8Array): Uint8Array {
    this.cursor = { ...this.cursor, bytes: this.cursor.bytes + chunk.byteLength };
    return chunk;
  }
}

async function driverOf(services: Services, organizationPk: number, filters: EventFilters) {
  const driver = await chooseDriver(services.db, organizationPk, filters);
  return driver && probesOf(filters, driver) <= MOST_PROBES ? driver : null;
}
