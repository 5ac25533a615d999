import type { Rows } from "@/server/domain/exports/formats/rows";

const [LF, QUOTE, COMMA, OPENING_BRACKET, BACKSLASH, CLOSING_BRACKET] = [0x0a, 0x22, 0x2c, 0x5b, 0x5c, 0x5d];
const [OPENING_BRACE, PIPE, CLOSING_BRACE] = [0x7b, 0x7c, 0x7d];

/** The JSON between the values of a target, as the database stores it. */
const ID = Buffer.from('{"id":"');
const TYPE = Buffer.from('","type":"');
const NAME = Buffer.from('","name":');
const METADATA = Buffer.from(',"metadata":');
const NULL = Buffer.from("null");

/** Returned instead of an end position if the fast path does not support the input. */
export const UNSUPPORTED = -1;

/**
 * Writes to `values` where the ID, the type and the name of each target begin and end in the stored JSON between `start`
 * and `end`.
 * @returns false if the JSON has blanks between its tokens, or a value has an escape or a `|`
 */
export function findTargetValues(rows: Rows, start: number, end: number, values: number[]): boolean {
  values.length = 0;
  if (rows[start] !== OPENING_BRACKET) return false;
  let at = start + 1;
  while (at < end - 1) {
    if (values.length > 0) {
      if (rows[at] !== COMMA) return false;
      at += 1;
    }
    at = afterValue(rows, after(rows, at, ID), values);
    at = afterValue(rows, after(rows, at, TYPE), values);
    at = after(rows, at, NAME);
    if (at !== UNSUPPORTED && rows[at] === QUOTE) {
      at = afterValue(rows, at + 1, values);
      if (at !== UNSUPPORTED) at += 1;
    } else {
      at = after(rows, at, NULL);
      values.push(at, at);
    }
    at = afterObject(rows, after(rows, at, METADATA));
    if (at === UNSUPPORTED || rows[at] !== CLOSING_BRACE) return false;
    at += 1;
  }
  return at === end - 1 && rows[at] === CLOSING_BRACKET;
}

/** Writes the start and end of a value to `values`. @returns the position of its closing quote */
function afterValue(rows: Rows, start: number, values: number[]): number {
  if (start === UNSUPPORTED) return UNSUPPORTED;
  let end = start;
  for (;;) {
    const byte = rows[end] ?? LF;
    if (byte === QUOTE) break;
    if (byte === BACKSLASH || byte === PIPE || byte === LF) return UNSUPPORTED;
    end += 1;
  }
  values.push(start, end);
  return end;
}

/** Returns where `text` ends if it begins at `start`, otherwise UNSUPPORTED. */
function after(rows: Rows, start: number, text: Buffer): number {
  if (start === UNSUPPORTED) return UNSUPPORTED;
  for (let n = 0; n < text.length; n += 1) if (rows[start + n] !== text[n]) return UNSUPPORTED;
  return start + text.length;
}

/** Returns where the JSON object or `null` ends that begins at `start`. */
function afterObject(rows: Rows, start: number): number {
  if (start === UNSUPPORTED || rows[start] !== OPENING_BRACE) return after(rows, start, NULL);
  let depth = 0;
  let isInString = false;
  for (let at = start; ; at += 1) {
    const byte = rows[at] ?? LF;
    if (byte === BACKSLASH || byte === LF) return UNSUPPORTED;
    if (byte === QUOTE) isInString = !isInString;
    else if (isInString) continue;
    else if (byte === OPENING_BRACE) depth += 1;
    else if (byte === CLOSING_BRACE) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
}
