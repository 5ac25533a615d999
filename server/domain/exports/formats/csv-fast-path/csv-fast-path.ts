import { EVENT_ID_LENGTH, UUID_LENGTH, writeEventId } from "@/server/kernel/ids";
import { mayBeginFormula } from "@/server/domain/exports/formats/formula";
import { MomentWriter } from "./timestamp-writer";
import { findTargetValues, NOT_PLAIN } from "./target-values";
import type { Rows } from "@/server/domain/exports/formats/rows";

const [TAB, LF, CR, SPACE, QUOTE, COMMA] = [0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2c];
const [ZERO, NINE, BACKSLASH, PIPE] = [0x30, 0x39, 0x5c, 0x7c];
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** What a byte says of the cell that it stands in. */
const [NOTHING, END, QUOTED, ESCAPED, PERHAPS_QUOTED] = [0, 1, 2, 3, 4];
const SAYS = new Uint8Array(256).fill(NOTHING);
SAYS[TAB] = END;
SAYS[LF] = END;
SAYS[QUOTE] = QUOTED;
SAYS[COMMA] = QUOTED;
SAYS[BACKSLASH] = ESCAPED;
SAYS[BYTE_ORDER_MARK[0]] = PERHAPS_QUOTED;

const ASCII = 128;
const MAY_BEGIN_FORMULA = Array.from({ length: ASCII }, (_, byte) => mayBeginFormula(String.fromCharCode(byte)));
/** Bytes of the longest character in UTF-8. */
const CHARACTER = 4;

/** Bytes that a line has for each of its row at most: with quotes doubled, and what targets hold written twice. */
const GROWTH = 5;
/**
 * Writes the lines of plain rows byte by byte, as papaparse would, without making a text of anything. What is not plain
 * is left to others: values with control characters, cells that may be formulas, and targets whose values have escapes.
 */
export class PlainLines {
  #out = Buffer.alloc(0);
  #at = 0;
  readonly #occurred = new MomentWriter();
  readonly #received = new MomentWriter();
  /** Those of a row's targets. */
  readonly #values: number[] = [];

  /** The lines of rows, each ended by CRLF; `other` writes the line of a row that is not plain, given without its LF. */
  write(rows: Rows, other: (row: Rows) => string): Buffer {
    this.#at = 0;
    for (let start = 0; start < rows.length;) {
      this.#reserve((rows.length - start) * GROWTH);
      const before = this.#at;
      let end = this.#line(rows, start);
      if (end === NOT_PLAIN) {
        end = rows.indexOf(LF, start);
        this.#at = before;
        this.#append(other(rows.subarray(start, end)), rows.length - end);
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

  // What follows reads what begins at `start` or `from` and answers where it ends, or NOT_PLAIN.

  #line(rows: Rows, start: number): number {
    writeEventId(rows, start, this.#out, this.#at);
    this.#at += EVENT_ID_LENGTH;
    let end = this.#moment(rows, start + UUID_LENGTH, this.#occurred);
    if (end !== NOT_PLAIN) end = this.#moment(rows, end, this.#received);
    end = this.#cells(rows, end, 6);
    if (end !== NOT_PLAIN) end = this.#targets(rows, end + 1);
    return this.#cells(rows, end, 3);
  }

  #moment(rows: Rows, start: number, writer: MomentWriter): number {
    let milliseconds = 0;
    let end = start + 1;
    for (; rows[end] !== TAB; end += 1) {
      const digit = rows[end] ?? 0;
      // Those before 1970.
      if (digit < ZERO || digit > NINE) return NOT_PLAIN;
      milliseconds = milliseconds * 10 + digit - ZERO;
    }
    this.#byte(COMMA);
    this.#at = writer.write(milliseconds, this.#out, this.#at);
    return end;
  }

  #cells(rows: Rows, start: number, count: number): number {
    let end = start;
    for (let n = 0; n < count && end !== NOT_PLAIN; n += 1) {
      this.#byte(COMMA);
      end = this.#cell(rows, end + 1);
    }
    return end;
  }

  #cell(rows: Rows, start: number): number {
    const out = this.#out;
    let at = this.#at;
    let end = start;
    if (SAYS[rows[start] ?? LF] !== END && mayBeginFormulaAt(rows, start)) return NOT_PLAIN;
    for (;;) {
      const byte = rows[end] ?? LF;
      const says = SAYS[byte];
      if (says !== NOTHING) {
        if (says === END) break;
        if (says === QUOTED || (says === PERHAPS_QUOTED && isByteOrderMark(rows, end))) {
          return this.#quoted(rows, end, at);
        }
        if (says === ESCAPED) {
          // A backslash comes as two of them; what else is escaped are control characters.
          end += 1;
          if (rows[end] !== BACKSLASH) return NOT_PLAIN;
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

  /** The rest of a cell that turns out to need quotes, where `written` is the end of what was written without. */
  #quoted(rows: Rows, start: number, written: number): number {
    const out = this.#out;
    out.copyWithin(this.#at + 1, this.#at, written);
    out[this.#at] = QUOTE;
    let at = written + 1;
    let end = start;
    for (;;) {
      const byte = rows[end] ?? LF;
      const says = SAYS[byte];
      if (says === END) break;
      if (says === ESCAPED) {
        end += 1;
        if (rows[end] !== BACKSLASH) return NOT_PLAIN;
      }
      if (byte === QUOTE) out[at++] = QUOTE;
      out[at++] = byte;
      end += 1;
    }
    out[at++] = QUOTE;
    this.#at = at;
    return end;
  }

  /** The JSON, and what it holds in three cells more. */
  #targets(rows: Rows, start: number): number {
    this.#byte(COMMA);
    const end = this.#cell(rows, start);
    if (end === NOT_PLAIN || !findTargetValues(rows, start, end, this.#values)) return NOT_PLAIN;
    for (let field = 0; field < 3; field += 1) if (!this.#joined(rows, field)) return NOT_PLAIN;
    return end;
  }

  /** Writes the values of one field of all targets as one cell. @returns whether it is plain */
  #joined(rows: Rows, field: number): boolean {
    this.#byte(COMMA);
    const values = this.#values;
    const out = this.#out;
    const start = this.#at;
    let at = start;
    let isQuoted = false;
    for (let n = field * 2; n < values.length; n += 6) {
      if (n > field * 2) out[at++] = PIPE;
      const end = values[n + 1] ?? 0;
      for (let from = values[n] ?? 0; from < end; from += 1) {
        const byte = rows[from] ?? 0;
        if (byte === COMMA || (byte === BYTE_ORDER_MARK[0] && isByteOrderMark(rows, from))) isQuoted = true;
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
    : mayBeginFormula(bytes.toString("utf8", at, at + CHARACTER));
}

function isByteOrderMark(bytes: Buffer, at: number): boolean {
  return bytes[at + 1] === BYTE_ORDER_MARK[1] && bytes[at + 2] === BYTE_ORDER_MARK[2];
}
