import { encodeEventKey } from "@/server/domain/events/query/event-key";
import type { EventSelection } from "@/server/domain/events/query/event-selection";
import { FORMATS_VERSION, type FileFormat } from "@/server/domain/exports/formats/file-format";
import { countRows, keyOfLast, readRows, type Rows, withoutLast } from "@/server/domain/exports/formats/rows";
import type { Services } from "@/server/kernel/services";

/** Where the writing stands: the last row written (null before the first), and the rows and uncompressed bytes so far. */
export interface ExportCursor {
  readonly after: string | null;
  readonly rows: number;
  readonly bytes: number;
  /** The CRC-32 of the text so far, if the file is compressed. */
  readonly crc32?: number;
  /** The FORMATS_VERSION with which the file began. */
  readonly version?: number;
}

/** The maximum of a part, approximate for bytes. It changes the speed and never the text of the file. */
export interface PartSize {
  readonly rows: number;
  readonly bytes: number;
}

const MEBIBYTE = 1 << 20;
/** The maximum of the first part, before the size of a row is known. */
const FIRST_ROWS = 10_000;

/**
 * Returns the size of part `number`: about a second of work, and above S3's minimum. Parts grow, so that a thousand of
 * them hold a billion rows and 300 GiB.
 */
export function partSize(number: number): PartSize {
  const growth = 1 + Math.floor(number / 50);
  return { rows: 100_000 * growth, bytes: 32 * MEBIBYTE * growth };
}

/** Writes the text of one part, and counts its rows and bytes before compression. */
export class PartWriter {
  cursor: ExportCursor;
  /** Whether this is the last part; known once it is written. */
  isLast = false;

  constructor(
    private readonly format: FileFormat,
    private readonly start: ExportCursor | null,
    private readonly size: PartSize,
  ) {
    this.cursor = start ?? { after: null, rows: 0, bytes: 0, version: FORMATS_VERSION };
  }

  async *write({ db }: Services, selection: EventSelection, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    if (this.start === null) yield this.counted(this.format.header);
    const limit = this.rowLimit();
    let left = limit;
    // Reads one row more than the part may hold, to know whether there is another part.
    for await (const read of readRows(db, selection, limit + 1, { signal })) {
      const count = countRows(read);
      let rows = count > left ? withoutLast(read) : read;
      let text = this.format.write(rows);
      // Ends the part early if its rows are far larger than the earlier ones. Ends it at a row and not at a chunk, whose
      // size depends on the network: where parts end changes the bytes of a compressed file.
      const space = 2 * this.size.bytes + (this.start?.bytes ?? 0) - this.cursor.bytes;
      const isFull = rows.length > 0 && text.byteLength >= space;
      if (isFull) {
        rows = this.untilFull(rows, space);
        text = this.format.write(rows);
      }
      if (rows.length > 0) {
        const taken = isFull ? countRows(rows) : Math.min(count, left);
        this.cursor = {
          ...this.cursor,
          after: encodeEventKey(keyOfLast(rows)),
          rows: this.cursor.rows + taken,
        };
        yield this.counted(text);
      }
      left -= count;
      if (isFull) return;
    }
    this.isLast = left >= 0;
  }

  /** Returns how many rows fit, estimated from the size of the rows so far. */
  private rowLimit(): number {
    const { rows, bytes } = this.cursor;
    const fitting = rows === 0 ? FIRST_ROWS : Math.ceil((this.size.bytes * rows) / bytes);
    return Math.min(this.size.rows, fitting);
  }

  /** Returns the first rows, at least one, whose text has at least this number of bytes. */
  private untilFull(rows: Rows, bytes: number): Rows {
    let [end, written] = [0, 0];
    do {
      const start = end;
      end = rows.indexOf("\n", start) + 1;
      written += this.format.write(rows.subarray(start, end)).byteLength;
    } while (written < bytes);
    return rows.subarray(0, end);
  }

  private counted(chunk: Uint8Array): Uint8Array {
    this.cursor = { ...this.cursor, bytes: this.cursor.bytes + chunk.byteLength };
    return chunk;
  }
}
