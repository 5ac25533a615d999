import type { ExportFormat } from "@/schemas/exports/export";

/** The name of each format and what it is suited for. */
export const FORMATS: Readonly<Record<ExportFormat, { readonly label: string; readonly note: string }>> = {
  csv: { label: "CSV", note: "Opens anywhere. Cells that look like formulas are escaped." },
  csv_excel: { label: "CSV for Excel", note: "Opens in Excel in any language. Cells too long for Excel are marked." },
  jsonl: { label: "JSON Lines", note: "One JSON object per line, values exactly as sent. Best for scripts." },
};

/** `JSON Lines, gzip` */
export function formatLabel({ format, gzip }: { readonly format: ExportFormat; readonly gzip: boolean }): string {
  return gzip ? `${FORMATS[format].label}, gzip` : FORMATS[format].label;
}
