import type { EventFilters } from "@/schemas/events/event-filters";
import type { ExportFormat } from "@/schemas/exports/export";
import { FILE_FORMATS } from "@/server/domain/exports/formats/file-format";

interface NamedExport {
  readonly organization: { readonly id: string; readonly name: string };
  readonly format: ExportFormat;
  readonly gzip: boolean;
}

/** Returns `audit-log_<organization>_<from>_<to>.csv` in ASCII, which every file system and header supports. */
export function exportFileName({ organization, format, gzip }: NamedExport, filters: EventFilters): string {
  const range = `${timestamp(filters.from)}_${timestamp(filters.to)}`;
  return `audit-log_${slug(organization.name) || organization.id}_${range}.${FILE_FORMATS[format].extension}${gzip ? ".gz" : ""}`;
}

function slug(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, "");
}

/** Returns the date in UTC, with the time unless it is midnight. */
function timestamp(date: Date): string {
  const [day = "", time = ""] = date.toISOString().split("T");
  return time === "00:00:00.000Z" ? day : `${day}T${time.slice(0, 8).replaceAll(":", "")}Z`;
}
