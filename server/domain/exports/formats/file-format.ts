import type { ExportFormat } from "@/schemas/exports/export";
import { CSV_HEADER, toCsv } from "./csv";
import { toJsonLines } from "./json-lines";
import type { Rows } from "./rows";

/** Describes how rows become the text of a file. */
export interface FileFormat {
  readonly header: string;
  /** Writes rows. Rows written together give the same bytes as rows written one by one. */
  readonly write: (rows: Rows) => Buffer;
  readonly contentType: string;
  /** The end of the file's name, without the dot. */
  readonly extension: string;
}

/** Without this mark, Excel reads UTF-8 as the computer's legacy character set. */
const BYTE_ORDER_MARK = "\ufeff";
const CSV: FileFormat = { header: CSV_HEADER, write: toCsv, contentType: "text/csv; charset=utf-8", extension: "csv" };

/** Changes whenever new parts no longer fit the parts of a file that an older version began. Version 0.2 wrote none. */
export const FORMATS_VERSION = 2;

export const FILE_FORMATS: Readonly<Record<ExportFormat, FileFormat>> = {
  csv: CSV,
  csv_excel: { ...CSV, header: BYTE_ORDER_MARK + CSV_HEADER },
  jsonl: {
    header: "",
    write: toJsonLines,
    contentType: "application/x-ndjson; charset=utf-8",
    extension: "jsonl",
  },
};
