/**
 * A number in JSON text that a 64-bit float would change, such as 9007199254740993 or 1e400. It stands in for the number in
 * what `parseExactJson` returns, so that a schema rejects it and `stringifyExactJson` writes it as it was sent.
 */
export class InexactNumber {
  constructor(readonly text: string) {}

  toJSON(): string {
    return MARK + this.text;
  }
}

/** Marks the text of an `InexactNumber` until `stringifyExactJson` replaces it. Random, so no sender can know it. */
const MARK = `inexact-number-${crypto.getRandomValues(new Uint32Array(4)).join("-")}:`;
const MARKED = new RegExp(`"${MARK}([^"]*)"`, "g");

/**
 * Matches if a number could be inexact: it has 16 characters or more, an exponent or a negative zero. Strings can match,
 * too. Most bodies do not match, so checking them costs little.
 */
const SUSPECT = /[:,[\s](?:-0|-?\d(?:[\d.]{15}|[\d.]*[eE]))/;

/** A longer number counts as inexact. A float needs at most 1,100 characters. */
const MAX_NUMBER_LENGTH = 1_100;

/**
 * Parses JSON. The result differs from `JSON.parse` in each number within an object or a list whose value a 64-bit float would
 * change, which becomes an `InexactNumber`. Other spellings of a value are not a change: 1.0 and 1e0 are the number 1.
 * @throws SyntaxError like `JSON.parse`
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (SUSPECT.test(text)) markInexactNumbers(text, value);
  return value;
}

/** Writes a value of `parseExactJson` as JSON, with the numbers as they were sent. Returns undefined for no value. */
export function stringifyExactJson(value: unknown): string | undefined {
  // `JSON.stringify` is typed as if it always returned a string.
  const text = JSON.stringify(value) as string | undefined;
  return text?.includes(MARK) ? text.replaceAll(MARKED, "$1") : text;
}

/** Says what a 64-bit float would make of the number, and what to do about it. */
export function describeInexactNumber({ text }: InexactNumber): string {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const value = Number(text);
  const change = Number.isFinite(value) ? `would become ${stringOf(value)}` : "is too large";
  return `${shown} ${change} as a 64-bit floating-point number; send it as a string to keep its digits`;
}

function stringOf(value: number): string {
  return Object.is(value, -0) ? "0" : String(value);
}

const [QUOTE, COMMA, MINUS, ZERO, NINE, COLON, BACKSLASH] = [0x22, 0x2c, 0x2d, 0x30, 0x39, 0x3a, 0x5c];
const [OPENING_BRACKET, CLOSING_BRACKET, OPENING_BRACE, CLOSING_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

/** An object or a list that the scan is in, and the key or index of the value that comes next. */
interface Level {
  /** Undefined for an object that another one with the same key replaced. */
  readonly container: Record<string, unknown> | unknown[] | undefined;
  key: string | number;
}

/** Replaces inexact numbers in `root`, which is what `JSON.parse` returns for `text`. */
function markInexactNumbers(text: string, root: unknown): void {
  const levels: Level[] = [];
  let level: Level | undefined;
  // Where the last string begins and ends. Almost all strings are never read, so they are not copied.
  let [stringStart, stringEnd] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      stringStart = at;
      stringEnd = endOfString(text, at) + 1;
      at = stringEnd - 1;
    } else if (code === COLON && level) {
      const key = text.slice(stringStart, stringEnd);
      level.key = key.includes("\\") ? (JSON.parse(key) as string) : key.slice(1, -1);
    } else if (code === COMMA && typeof level?.key === "number") {
      level.key += 1;
    } else if (code === OPENING_BRACE || code === OPENING_BRACKET) {
      const value = level ? valueAt(level) : root;
      const fits = typeof value === "object" && value !== null && Array.isArray(value) === (code === OPENING_BRACKET);
      // Checked above; the values of JSON are plain objects and lists.
      level = { container: fits ? (value as Level["container"]) : undefined, key: code === OPENING_BRACKET ? 0 : "" };
      levels.push(level);
    } else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) {
      levels.pop();
      level = levels.at(-1);
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = endOfNumber(text, at);
      const literal = text.slice(at, end);
      if (level && !isExact(literal)) mark(level, literal);
      at = end - 1;
    }
  }
}

function valueAt({ container, key }: Level): unknown {
  return container && Object.hasOwn(container, key) ? (container as Record<string | number, unknown>)[key] : undefined;
}

function mark(level: Level, literal: string): void {
  // If an object has a key twice, the last value wins, and this may be another one.
  if (!level.container || !Object.is(valueAt(level), Number(literal))) return;
  Object.defineProperty(level.container, level.key, { value: new InexactNumber(literal) });
}

/** Returns the index of the quote that ends the JSON string that begins at `start`, or the text's length. */
export function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && "0123456789.eE+-".includes(text.charAt(end))) end += 1;
  return end;
}

/** Whether a number in JSON text has the same value as what is written after it was read as a 64-bit float. */
function isExact(literal: string): boolean {
  if (literal.length > MAX_NUMBER_LENGTH) return false;
  const value = Number(literal);
  if (!Number.isFinite(value)) return false;
  const [sent, written] = [decimalOf(literal), decimalOf(String(value))];
  if (sent.digits === "") return !literal.startsWith("-");
  return sent.digits === written.digits && sent.exponent === written.exponent;
}

/** Returns the digits without zeros at either end, and the power of ten of the last one. Zero has no digits. */
function decimalOf(literal: string): { readonly digits: string; readonly exponent: number } {
  const unsigned = literal.startsWith("-") ? literal.slice(1) : literal;
  const [mantissa = "", exponent = "0"] = unsigned.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const digits = (whole + fraction).replace(/^0+/, "");
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === ZERO) end -= 1;
  return { digits: digits.slice(0, end), exponent: Number(exponent) - fraction.length + digits.length - end };
}
