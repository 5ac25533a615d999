import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { ExportFormat } from "@/schemas/exports/export";
import { CSV_HEADER, toCsv } from "./csv";
import { toJsonLines } from "./json-lines";
import type { Rows } from "./rows";

/** How rows become the text of a file. */
export interface FileFormat {
  readonly header: string;
  /** The bytes of many rows are those of one after another. */
  readonly write: (rows: Rows) => Buffer;
  readonly contentType: string;
  /** At the end of a file's name, without the dot. */
  readonly extension: string;
}

/** Without it Excel takes UTF-8 for the machine's own character set. */
const BOM = "\ufeff";
const CSV: FileFormat = { header: CSV_HEADER, write: toCsv, contentType: "text/csv; charset=utf-8", extension: "csv" };

export const FILE_FORMATS: Readonly<Record<ExportFormat, FileFormat>> = {
  csv: CSV,
  csv_excel: { ...CSV, header: BOM + CSV_HEADER },
  jsonl: {
    header: "",
    write: toJsonLines,
    contentType: "application/x-ndjson; charset=utf-8",
    extension: "jsonl",
  },
};

/** The same bytes for the same text, whatever its chunks; several such, one after another, are a gzip file as well. */
export async function* gzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gzip = createGzip();
  const written = pipeline(chunks, gzip);
  // A failure ends the reading below with the same error.
  written.catch(() => undefined);
  for await (const chunk of gzip as AsyncIterable<Uint8Array>) yield chunk;
  await written;
}
