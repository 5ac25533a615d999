import type { ExportFormat } from "@/schemas/exports/export";

/** What each format is called, and what it is good for. */
export const FORMATS: Readonly<Record<ExportFormat, { readonly label: string; readonly note: string }>> = {
  csv: { label: "CSV", note: "A table that any program reads. Cells that a spreadsheet would run are made inert." },
  csv_excel: { label: "CSV for Excel", note: "The same table, with the mark by which Excel knows other alphabets." },
  jsonl: { label: "JSON Lines", note: "One event per line, every value exactly as it was sent. Best for programs." },
};

/** `JSON Lines, gzip` */
export function formatLabel({ format, gzip }: { readonly format: ExportFormat; readonly gzip: boolean }): string {
  return gzip ? `${FORMATS[format].label}, gzip` : FORMATS[format].label;
}
