/**
 * A text that a spreadsheet could run as a formula: one that begins with a sign, after any quotes, blanks and invisible
 * characters, or with a tab or a line break. Plain numbers are none.
 */
const FORMULA =
  /^(?![+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$)'*(?:[\s\p{Cc}\p{Cf}\p{Z}\p{DI}]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|[\t\r\n])/iu;

const [EQUALS, AT, ZERO, TILDE] = [0x3d, 0x40, 0x30, 0x7e];

/**
 * The text as a cell that no spreadsheet runs: a formula gets one `'` in front. A reader who takes one `'` off wherever
 * that leaves a formula has the original back.
 */
export function inert(text: string): string {
  const first = text.charCodeAt(0);
  // Letters, digits and brackets begin no formula; they are most cells, and the pattern is slow.
  if (first >= ZERO && first <= TILDE && first !== EQUALS && first !== AT) return text;
  return FORMULA.test(text) ? `'${text}` : text;
}
