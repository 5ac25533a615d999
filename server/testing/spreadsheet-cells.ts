const SIGN = "=+\\-@＝＋－＠﹦﹢﹣﹫";
const BLANK = String.raw`\s\p{Cc}\p{Cf}\p{Z}\p{DI}`;
const INNER = new RegExp(String.raw`([;\t\r\n])'(?=['"${BLANK}]*[${SIGN}])`, "gu");
const INNER_OF_EXCEL = new RegExp(String.raw`([,;\t\r\n])'(?=['"${BLANK}]*[${SIGN}])`, "gu");
const FORMULA = new RegExp(String.raw`^(?:['"${BLANK}]*[${SIGN}]|'*[\t\r\n])`, "u");
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Returns the text that was sent, given a cell of a file, as docs/export-file.md describes. */
export function restored(cell: string, format: "csv" | "csv_excel" = "csv"): string {
  const text = cell.replaceAll(format === "csv" ? INNER : INNER_OF_EXCEL, "$1");
  const rest = text.slice(1);
  const isNumber = format === "csv" && NUMBER.test(rest);
  return text.startsWith("'") && FORMULA.test(rest) && !isNumber ? rest : text;
}

/** Whether a spreadsheet could run a cell. */
export function isLive(cell: string): boolean {
  return new RegExp(`^["${BLANK}]*[${SIGN}]`, "u").test(cell) && !NUMBER.test(cell);
}

/**
 * Returns the cells of a file that a spreadsheet splits at `separator`, whatever the file's own separator is. Quotes have a
 * meaning only at the beginning of a cell. With `quotes: "ignored"`, they never have.
 */
export function cellsSplitAt(separator: string, text: string, quotes: "read" | "ignored" = "read"): string[] {
  const cells: string[] = [];
  let [cell, isQuoted, isStart] = ["", false, true];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (quotes === "read" && character === '"' && (isQuoted || isStart)) {
      if (isQuoted && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else {
        isQuoted = !isQuoted;
      }
      isStart = false;
    } else if (!isQuoted && (character === separator || character === "\r" || character === "\n")) {
      cells.push(cell);
      [cell, isStart] = ["", true];
    } else {
      cell += character;
      isStart = false;
    }
  }
  return [...cells, cell];
}
