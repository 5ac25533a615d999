import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
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

/**
 * Compresses text. The same text gives the same bytes, however it is divided into chunks, and the results of several parts
 * joined are one valid gzip file.
 */
export async function* gzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gzip = createGzip();
  const written = pipeline(chunks, gzip);
  // If it fails, the loop below throws the same error.
  written.catch(() => undefined);
  for await (const chunk of gzip as AsyncIterable<Uint8Array>) yield chunk;
  await written;
}
