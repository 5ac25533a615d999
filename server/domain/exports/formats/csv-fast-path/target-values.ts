import type { Rows } from "@/server/domain/exports/formats/rows";

const [LF, QUOTE, COMMA, OPENING_BRACKET, BACKSLASH, CLOSING_BRACKET] = [0x0a, 0x22, 0x2c, 0x5b, 0x5c, 0x5d];
const [OPENING_BRACE, PIPE, CLOSING_BRACE] = [0x7b, 0x7c, 0x7d];

/** The JSON of a target, between its values. */
const ID = Buffer.from('{"id":"');
const TYPE = Buffer.from('","type":"');
const NAME = Buffer.from('","name":');
const METADATA = Buffer.from(',"metadata":');
const NULL = Buffer.from("null");

/** The answer where something is not plain, in place of where it ends. */
export const NOT_PLAIN = -1;

/**
 * Notes in `values` where the id, the type and the name of each target begin and end, from the stored JSON between
 * `start` and `end`. @returns whether all of it is plain: written without blanks, and no value with an escape or a `|`
 */
export function findTargetValues(rows: Rows, start: number, end: number, values: number[]): boolean {
  values.length = 0;
  // An empty list ends where its first target would begin.
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
    if (at !== NOT_PLAIN && rows[at] === QUOTE) {
      at = afterValue(rows, at + 1, values);
      if (at !== NOT_PLAIN) at += 1;
    } else {
      at = after(rows, at, NULL);
      values.push(at, at);
    }
    at = afterObject(rows, after(rows, at, METADATA));
    if (at === NOT_PLAIN || rows[at] !== CLOSING_BRACE) return false;
    at += 1;
  }
  return at === end - 1 && rows[at] === CLOSING_BRACKET;
}

/** Notes a value. @returns where its last quote is */
function afterValue(rows: Rows, start: number, values: number[]): number {
  if (start === NOT_PLAIN) return NOT_PLAIN;
  let end = start;
  for (;;) {
    const byte = rows[end] ?? LF;
    if (byte === QUOTE) break;
    if (byte === BACKSLASH || byte === PIPE || byte === LF) return NOT_PLAIN;
    end += 1;
  }
  values.push(start, end);
  return end;
}

/** Where the text ends that is to stand at `start`, or NOT_PLAIN where it does not. */
function after(rows: Rows, start: number, text: Buffer): number {
  if (start === NOT_PLAIN) return NOT_PLAIN;
  for (let n = 0; n < text.length; n += 1) if (rows[start + n] !== text[n]) return NOT_PLAIN;
  return start + text.length;
}

/** Where an object of JSON or `null` ends that begins at `start`. */
function afterObject(rows: Rows, start: number): number {
  if (start === NOT_PLAIN || rows[start] !== OPENING_BRACE) return after(rows, start, NULL);
  let depth = 0;
  let isText = false;
  for (let at = start; ; at += 1) {
    const byte = rows[at] ?? LF;
    if (byte === BACKSLASH || byte === LF) return NOT_PLAIN;
    if (byte === QUOTE) isText = !isText;
    else if (isText) continue;
    else if (byte === OPENING_BRACE) depth += 1;
    else if (byte === CLOSING_BRACE) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
}
