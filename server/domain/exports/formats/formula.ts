/** Signs that begin a formula, full-width and small ones too. */
const SIGN = String.raw`=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b`;
const UNSEEN = String.raw`\s\p{Cc}\p{Cf}\p{Z}\p{DI}`;
const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;

/**
 * A text that a spreadsheet could run as a formula: one that begins with a sign, after any quotes, blanks and invisible
 * characters, or with a tab or a line break. Plain numbers are none.
 */
const FORMULA = new RegExp(String.raw`^(?!${NUMBER}$)'*(?:[${UNSEEN}]*[${SIGN}]|[\t\r\n])`, "iu");
const BEGINNING = new RegExp(`^['${UNSEEN}${SIGN}]`, "u");

/**
 * The text as a cell that no spreadsheet runs: a formula gets one `'` in front. A reader who takes one `'` off wherever
 * that leaves a formula has the original back.
 */
export function inert(text: string): string {
  // The first look decides for nearly all cells, and is the faster one.
  return mayBeginFormula(text) && FORMULA.test(text) ? `'${text}` : text;
}

/** Whether a text that begins with this character could be a formula. */
export function mayBeginFormula(character: string): boolean {
  return BEGINNING.test(character);
}
