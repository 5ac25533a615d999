import { CsvFastPath } from "@/server/domain/exports/formats/csv-fast-path/csv-fast-path";
import { COLUMNS, csvLine, escapedCells } from "./csv";
import { formulaEscape } from "./formula";
import type { Rows } from "./rows";

// Tabs in UTF-16 after a byte order mark: what Excel itself saves as Unicode text, and the only table that it opens into
// columns with all characters in every language (decision 15).
const SEPARATOR = "\t";
const BYTE_ORDER_MARK = "\ufeff";

/** The most UTF-16 code units that Excel keeps of a cell. */
const MAX_CELL = 32_767;
const MARK = "… [truncated]";

const SPLITTERS = ",;";
// For a spreadsheet that splits at commas, text that ends with a comma continues with the tab and the next cell, which must
// not begin with a sign.
const escapes = formulaEscape({ splitters: SPLITTERS, keepsNumbers: false });
// A row with fewer bytes than Excel's limit has no cell above it.
const fastPath = new CsvFastPath({
  separator: SEPARATOR,
  splitters: SPLITTERS,
  hasEmptyLastCell: true,
  maxRowBytes: MAX_CELL,
});

export const EXCEL_CSV_HEADER = inUtf16(`${BYTE_ORDER_MARK}${[...COLUMNS, "truncated"].join(SEPARATOR)}\r\n`);

/**
 * Writes rows like `toCsv`, in the form that Excel opens, with a last column that names the columns whose cells were too
 * long for Excel. These cells end with a mark.
 */
export function toExcelCsv(rows: Rows): Buffer {
  return inUtf16(fastPath.write(rows, line).toString("utf8"));
}

function line(row: Rows): string {
  const cells = escapedCells(row, escapes);
  const truncated = COLUMNS.filter((_, index) => (cells[index]?.length ?? 0) > MAX_CELL);
  return csvLine([...cells.map(withinLimit), truncated.join("|")], SEPARATOR);
}

function withinLimit(cell: string): string {
  if (cell.length <= MAX_CELL) return cell;
  // Half of a surrogate pair is not a character.
  return cell.slice(0, MAX_CELL - MARK.length).replace(/[\ud800-\udbff]$/, "") + MARK;
}

function inUtf16(text: string): Buffer {
  return Buffer.from(text, "utf16le");
}
