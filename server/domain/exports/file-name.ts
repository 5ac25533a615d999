import type { EventFilters } from "@/schemas/events/event-filters";
import type { ExportFormat } from "@/schemas/exports/export";
import { ALL_TIME } from "@/schemas/limits";
import { FILE_FORMATS } from "@/server/domain/exports/formats/file-format";

interface NamedExport {
  readonly organization: { readonly id: string; readonly name: string };
  readonly format: ExportFormat;
  readonly gzip: boolean;
}

/** Limits of the organization's name in a file's name. File systems allow 255 bytes for all of it. */
const [MAX_CHARACTERS, MAX_BYTES] = [60, 150];

/**
 * Returns `audit-log_<organization>_<from>_<to>.csv`, with the letters and digits of the organization's name, which every
 * file system supports.
 */
export function exportFileName({ organization, format, gzip }: NamedExport, filters: EventFilters): string {
  const name = `audit-log_${slug(organization.name) || organization.id}_${rangeName(filters)}`;
  return `${name}.${FILE_FORMATS[format].extension}${gzip ? ".gz" : ""}`;
}

function slug(name: string): string {
  const words = name
    .normalize("NFC")
    // Invisible characters, such as the joiners inside Persian words.
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-/, "");
  let short = "";
  let characters = 0;
  for (const { segment } of new Intl.Segmenter("en").segment(words)) {
    characters += 1;
    if (characters > MAX_CHARACTERS || Buffer.byteLength(short + segment) > MAX_BYTES) break;
    short += segment;
  }
  return short.replace(/-$/, "");
}

/** Returns both ends, or what has none in words. */
function rangeName({ from, to }: Pick<EventFilters, "from" | "to">): string {
  const hasStart = from.getTime() > ALL_TIME.from.getTime();
  const hasEnd = to.getTime() < ALL_TIME.to.getTime();
  if (hasStart) return hasEnd ? `${timestamp(from)}_${timestamp(to)}` : `since_${timestamp(from)}`;
  return hasEnd ? `until_${timestamp(to)}` : "all-time";
}

/** Returns the date in UTC, with the time unless it is midnight. */
function timestamp(date: Date): string {
  const [day = "", time = ""] = date.toISOString().split("T");
  return time === "00:00:00.000Z" ? day : `${day}T${time.slice(0, 8).replaceAll(":", "")}Z`;
}
