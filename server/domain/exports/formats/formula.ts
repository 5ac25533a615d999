/** Characters that begin a formula, including their full-width and small forms. */
const SIGN = String.raw`=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b`;
const INVISIBLE = String.raw`\s\p{Cc}\p{Cf}\p{Z}\p{DI}`;
/** What may precede the sign: a reader drops quotes, and some ignore blanks and invisible characters. */
const SKIPPED = `'"${INVISIBLE}`;
const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;

/**
 * Matches text that a spreadsheet could run as a formula: text that begins with such a character, after any quotes, blanks
 * and invisible characters, or with a tab or a line break.
 */
const FORMULA = new RegExp(String.raw`^(?:[${SKIPPED}]*[${SIGN}]|'*[\t\r\n])`, "u");
const SIGNED_NUMBER = new RegExp(`^${NUMBER}$`, "i");
const BEGINNING = new RegExp(`^[${SKIPPED}${SIGN}]`, "u");

/** A string in JSON, and the comma before it. */
const JSON_STRING = /,?"[^"\\]*(?:\\.[^"\\]*)*"/gsu;

/** Escapes formulas in the cells of one kind of CSV. */
export interface FormulaEscape {
  /** Escapes a text. Readers restore the original by removing each `'` that was added. */
  readonly inText: (text: string) => string;
  /** Escapes the strings of a JSON text, which keep their values. */
  readonly inJson: (json: string) => string;
}

interface FormulaEscapeOptions {
  /** The characters at which spreadsheets may split the file, although its own separator is another. */
  readonly splitters: string;
  /** Whether a cell that is a number with a sign stays one. */
  readonly keepsNumbers: boolean;
}

/**
 * Creates the escape for a kind of file. For a spreadsheet that splits it at another character than its separator, a quote
 * in the middle of a cell has no meaning. So a new cell begins after each splitter, tab and line break of a text, quoted or
 * not.
 */
export function formulaEscape({ splitters, keepsNumbers }: FormulaEscapeOptions): FormulaEscape {
  const inner = new RegExp(String.raw`([${splitters}\t\r\n])(?=[${SKIPPED}]*[${SIGN}])`, "gu");
  // In JSON, a comma may also precede a string.
  const precedes = splitters.includes(",") ? `^,"|[${splitters}]` : `[${splitters}]`;
  const innerOfString = new RegExp(String.raw`((?:${precedes})[${SKIPPED}]*)([${SIGN}])`, "gu");
  // The first check is faster and enough for nearly all cells.
  const hasSplitter = new RegExp(String.raw`[${splitters}\t\r\n]`);
  const withinText = (text: string) => (hasSplitter.test(text) ? text.replaceAll(inner, "$1'") : text);
  const isFormula = (text: string) =>
    mayBeginFormula(text) && FORMULA.test(text) && !(keepsNumbers && SIGNED_NUMBER.test(text));
  return {
    inText: (text) => (isFormula(text) ? `'${withinText(text)}` : withinText(text)),
    inJson: (json) =>
      hasSplitter.test(json)
        ? json.replaceAll(JSON_STRING, (string) => string.replaceAll(innerOfString, escapedSign))
        : json,
  };
}

/** Returns whether text that begins with this character could be a formula, or needs a closer look. */
export function mayBeginFormula(character: string): boolean {
  return BEGINNING.test(character);
}

function escapedSign(_: string, before: string, sign: string): string {
  return `${before}\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
