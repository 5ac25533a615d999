/** Characters that begin a formula, including their full-width and small forms. */
const SIGN = String.raw`=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b`;
const INVISIBLE = String.raw`\s\p{Cc}\p{Cf}\p{Z}\p{DI}`;
const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;

/**
 * Matches text that a spreadsheet could run as a formula: text that begins with such a character, after any quotes, blanks
 * and invisible characters, or with a tab or a line break. Numbers are not formulas.
 */
const FORMULA = new RegExp(String.raw`^(?!${NUMBER}$)'*(?:[${INVISIBLE}]*[${SIGN}]|[\t\r\n])`, "iu");
const BEGINNING = new RegExp(`^['${INVISIBLE}${SIGN}]`, "u");

/**
 * Returns the text as a cell that no spreadsheet runs: a formula gets one `'` in front. Readers restore the original by
 * removing one `'` wherever that leaves a formula.
 */
export function escapeFormula(text: string): string {
  // The first check is faster and enough for nearly all cells.
  return mayBeginFormula(text) && FORMULA.test(text) ? `'${text}` : text;
}

/** Returns whether text that begins with this character could be a formula. */
export function mayBeginFormula(character: string): boolean {
  return BEGINNING.test(character);
}
