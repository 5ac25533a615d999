import type { ExportFormat } from "@/schemas/exports/export";
import { CSV_HEADER, toCsv } from "./csv";
import { EXCEL_CSV_HEADER, toExcelCsv } from "./excel-csv";
import { toJsonLines } from "./json-lines";
import type { Rows } from "./rows";

/** Describes how rows become the text of a file. */
export interface FileFormat {
  readonly header: Uint8Array;
  /** Writes rows. Rows written together give the same bytes as rows written one by one. */
  readonly write: (rows: Rows) => Buffer;
  readonly contentType: string;
  /** The end of the file's name, without the dot. */
  readonly extension: string;
}

/** Changes whenever new parts no longer fit the parts of a file that an older version began. Version 0.2 wrote none. */
export const FORMATS_VERSION = 2;

export const FILE_FORMATS: Readonly<Record<ExportFormat, FileFormat>> = {
  csv: {
    header: Buffer.from(CSV_HEADER),
    write: toCsv,
    contentType: "text/csv; charset=utf-8",
    extension: "csv",
  },
  csv_excel: {
    header: EXCEL_CSV_HEADER,
    write: toExcelCsv,
    contentType: "text/csv; charset=utf-16",
    extension: "csv",
  },
  jsonl: {
    header: new Uint8Array(),
    write: toJsonLines,
    contentType: "application/x-ndjson; charset=utf-8",
    extension: "jsonl",
  },
};
