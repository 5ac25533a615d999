import { EVENT_ID_LENGTH, UUID_LENGTH, writeEventId } from "@/server/kernel/ids";
import { mayBeginFormula } from "@/server/domain/exports/formats/formula";
import type { Rows } from "@/server/domain/exports/formats/rows";
import { findTargetValues, UNSUPPORTED } from "./target-values";
import { TimestampWriter } from "./timestamp-writer";

const [TAB, LF, CR, SPACE, QUOTE, APOSTROPHE, COMMA] = [0x09, 0x0a, 0x0d, 0x20, 0x22, 0x27, 0x2c];
const [ZERO, NINE, BACKSLASH, PIPE] = [0x30, 0x39, 0x5c, 0x7c];
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/**
 * The meaning of a byte in a cell of the input. QUOTED: the cell needs quotes in the CSV. SPLITTING: it also needs them, and
 * a formula could follow.
 */
const [ORDINARY, END, QUOTED, ESCAPED, PERHAPS_QUOTED, SPLITTING] = [0, 1, 2, 3, 4, 5];
const MEANING = new Uint8Array(256).fill(ORDINARY);
MEANING[TAB] = END;
MEANING[LF] = END;
MEANING[QUOTE] = QUOTED;
MEANING[COMMA] = QUOTED;
MEANING[BACKSLASH] = ESCAPED;
MEANING[BYTE_ORDER_MARK[0]] = PERHAPS_QUOTED;

const ASCII = 128;
const MAY_BEGIN_FORMULA = Array.from({ length: ASCII }, (_, byte) => mayBeginFormula(String.fromCharCode(byte)));
/** Bytes of the longest character in UTF-8. */
const MAX_CHARACTER = 4;

/** The maximum of bytes written per byte read: every quote is doubled, and target values are written twice. */
const GROWTH = 5;

interface CsvFastPathOptions {
  /** The character between cells. */
  readonly separator: "," | "\t";
  /** Other characters at which a spreadsheet may split the lines. A formula after one of them goes to the fallback. */
  readonly splitters: string;
  /** Whether each line ends with another, empty cell, which the fallback writes itself. */
  readonly hasEmptyLastCell?: boolean;
  /** The bytes of the longest supported row. */
  readonly maxRowBytes?: number;
}

/**
 * Writes the CSV lines of most rows byte by byte, without creating strings, which would cost more than everything else
 * about a row (decision 7). A test compares its bytes with papaparse's. It does not support values with control
 * characters, cells that could be formulas, and targets whose values have escapes.
 */
export class CsvFastPath {
  #out = Buffer.alloc(0);
  #at = 0;
  readonly #occurredAt = new TimestampWriter();
  readonly #receivedAt = new TimestampWriter();
  /** Where the values of a row's targets begin and end. */
  readonly #values: number[] = [];
  readonly #separator: number;
  readonly #meaning: Uint8Array;
  readonly #hasEmptyLastCell: boolean;
  readonly #maxRowBytes: number;

  constructor({
    separator,
    splitters,
    hasEmptyLastCell = false,
    maxRowBytes = Number.MAX_SAFE_INTEGER,
  }: CsvFastPathOptions) {
    this.#separator = separator.charCodeAt(0);
    this.#meaning = Uint8Array.from(MEANING);
    for (const splitter of splitters) this.#meaning[splitter.charCodeAt(0)] = SPLITTING;
    this.#hasEmptyLastCell = hasEmptyLastCell;
    this.#maxRowBytes = maxRowBytes;
  }

  /** Writes rows as lines ending in CRLF. `fallback` writes the line of an unsupported row, which it gets without its LF. */
  write(rows: Rows, fallback: (row: Rows) => string): Buffer {
    this.#at = 0;
    for (let start = 0; start < rows.length;) {
      this.#reserve((rows.length - start) * GROWTH);
      const before = this.#at;
      let end = this.#line(rows, start);
      if (end === UNSUPPORTED || end - start > this.#maxRowBytes) {
        end = rows.indexOf(LF, start);
        this.#at = before;
        this.#append(fallback(rows.subarray(start, end)), rows.length - end);
      } else if (this.#hasEmptyLastCell) {
        this.#byte(this.#separator);
      }
      this.#byte(CR);
      this.#byte(LF);
      start = end + 1;
    }
    return Buffer.from(this.#out.subarray(0, this.#at));
  }

  #reserve(bytes: number): void {
    if (this.#out.length - this.#at >= bytes) return;
    const larger = Buffer.allocUnsafeSlow(this.#at + bytes);
    this.#out.copy(larger, 0, 0, this.#at);
    this.#out = larger;
  }

  #append(text: string, rest: number): void {
    const bytes = Buffer.from(text);
    this.#reserve(bytes.length + rest * GROWTH);
    this.#at += bytes.copy(this.#out, this.#at);
  }

  #byte(byte: number): void {
    this.#out[this.#at] = byte;
    this.#at += 1;
  }

  // Each method below reads the input that begins at `start` and returns where it ends, or UNSUPPORTED.

  #line(rows: Rows, start: number): number {
    writeEventId(rows, start, this.#out, this.#at);
    this.#at += EVENT_ID_LENGTH;
    let end = this.#timestamp(rows, start + UUID_LENGTH, this.#occurredAt);
    if (end !== UNSUPPORTED) end = this.#timestamp(rows, end, this.#receivedAt);
    end = this.#cells(rows, end, 6);
    if (end !== UNSUPPORTED) end = this.#targets(rows, end + 1);
    return this.#cells(rows, end, 3);
  }

  #timestamp(rows: Rows, start: number, writer: TimestampWriter): number {
    let milliseconds = 0;
    let end = start + 1;
    for (; rows[end] !== TAB; end += 1) {
      const digit = rows[end] ?? 0;
      // A minus sign: a time before 1970.
      if (digit < ZERO || digit > NINE) return UNSUPPORTED;
      milliseconds = milliseconds * 10 + digit - ZERO;
    }
    this.#byte(this.#separator);
    this.#at = writer.write(milliseconds, this.#out, this.#at);
    return end;
  }

  #cells(rows: Rows, start: number, count: number): number {
    let end = start;
    for (let n = 0; n < count && end !== UNSUPPORTED; n += 1) {
      this.#byte(this.#separator);
      end = this.#cell(rows, end + 1);
    }
    return end;
  }

  #cell(rows: Rows, start: number): number {
    const out = this.#out;
    const meanings = this.#meaning;
    let at = this.#at;
    let end = start;
    if (meanings[rows[start] ?? LF] !== END && mayBeginFormulaAt(rows, start)) return UNSUPPORTED;
    for (;;) {
      const byte = rows[end] ?? LF;
      const meaning = meanings[byte];
      if (meaning !== ORDINARY) {
        if (meaning === END) break;
        if (needsQuotes(meaning, rows, end)) return this.#quoted(rows, end, at);
        if (meaning === ESCAPED) {
          // COPY escapes a backslash as two; every other escape is a control character.
          end += 1;
          if (rows[end] !== BACKSLASH) return UNSUPPORTED;
        }
      }
      out[at] = byte;
      at += 1;
      end += 1;
    }
    if (at > this.#at && out[at - 1] === SPACE) return this.#quoted(rows, end, at);
    this.#at = at;
    return end;
  }

  /** Writes the rest of a cell that needs quotes. `written` is the end of what was written without them. */
  #quoted(rows: Rows, start: number, written: number): number {
    const out = this.#out;
    const meanings = this.#meaning;
    out.copyWithin(this.#at + 1, this.#at, written);
    out[this.#at] = QUOTE;
    let at = written + 1;
    let end = start;
    for (;;) {
      const byte = rows[end] ?? LF;
      const meaning = meanings[byte];
      if (meaning !== ORDINARY) {
        if (meaning === END) break;
        if (byte === QUOTE) {
          out[at++] = QUOTE;
        } else if (meaning === ESCAPED) {
          end += 1;
          if (rows[end] !== BACKSLASH) return UNSUPPORTED;
        } else if (meaning === SPLITTING && mayBeginFormulaAfter(rows, end + 1)) {
          return UNSUPPORTED;
        }
      }
      out[at++] = byte;
      end += 1;
    }
    out[at++] = QUOTE;
    this.#at = at;
    return end;
  }

  /** Writes the JSON of the targets and three more cells with their values. */
  #targets(rows: Rows, start: number): number {
    this.#byte(this.#separator);
    const end = this.#cell(rows, start);
    if (end === UNSUPPORTED || !findTargetValues(rows, start, end, this.#values)) return UNSUPPORTED;
    for (let field = 0; field < 3; field += 1) if (!this.#joined(rows, field)) return UNSUPPORTED;
    return end;
  }

  /** Writes one field of all targets as one cell, without formulas in the JSON's cell. @returns whether it could */
  #joined(rows: Rows, field: number): boolean {
    this.#byte(this.#separator);
    const values = this.#values;
    const out = this.#out;
    const meanings = this.#meaning;
    const start = this.#at;
    let at = start;
    let isQuoted = false;
    for (let n = field * 2; n < values.length; n += 6) {
      if (n > field * 2) out[at++] = PIPE;
      const end = values[n + 1] ?? 0;
      for (let from = values[n] ?? 0; from < end; from += 1) {
        const byte = rows[from] ?? 0;
        const meaning = meanings[byte];
        if (meaning !== ORDINARY && needsQuotes(meaning, rows, from)) isQuoted = true;
        out[at++] = byte;
      }
    }
    if (at > start) {
      if (mayBeginFormulaAt(out, start)) return false;
      if (isQuoted || out[at - 1] === SPACE) {
        out.copyWithin(start + 1, start, at);
        out[start] = QUOTE;
        out[at + 1] = QUOTE;
        at += 2;
      }
    }
    this.#at = at;
    return true;
  }
}

function mayBeginFormulaAt(bytes: Buffer, at: number): boolean {
  const first = bytes[at] ?? 0;
  return first < ASCII
    ? MAY_BEGIN_FORMULA[first] === true
    : mayBeginFormula(bytes.toString("utf8", at, at + MAX_CHARACTER));
}

/** Whether a formula could begin after a splitting character. */
function mayBeginFormulaAfter(rows: Rows, start: number): boolean {
  let at = start;
  // The usual case, as in `(X11; Linux)`, decided without creating a string.
  while (rows[at] === SPACE || rows[at] === QUOTE || rows[at] === APOSTROPHE) at += 1;
  return rows[at] !== TAB && rows[at] !== LF && mayBeginFormulaAt(rows, at);
}

/** Whether a cell needs quotes because of the byte at `at` that has this meaning. */
function needsQuotes(meaning: number | undefined, rows: Rows, at: number): boolean {
  return meaning === QUOTED || meaning === SPLITTING || (meaning === PERHAPS_QUOTED && isByteOrderMark(rows, at));
}

function isByteOrderMark(bytes: Buffer, at: number): boolean {
  return bytes[at + 1] === BYTE_ORDER_MARK[1] && bytes[at + 2] === BYTE_ORDER_MARK[2];
}
