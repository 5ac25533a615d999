import { buffer } from "node:stream/consumers";
import { eventFilters, type EventFiltersInput } from "@/schemas/events/event-filters";
import { beginExport } from "@/server/domain/exports/writing/begin-export";
import { blobKey } from "@/server/domain/exports/blob-key";
import { completeExport } from "@/server/domain/exports/writing/complete-export";
import { requestExport } from "@/server/domain/exports/request-export";
import type { PartSize } from "@/server/domain/exports/writing/part-writer";
import { type ExportPart, writeExportPart } from "@/server/domain/exports/writing/write-export-part";
import type { OrganizationScope } from "@/server/kernel/scopes";

/** The year of the tests' events. */
export const YEAR = { from: new Date("2026-01-01T00:00:00.000Z"), to: new Date("2027-01-01T00:00:00.000Z") };

/** Requests an export with these filters, by default of `YEAR`; returns its ID. */
export async function request(scope: OrganizationScope, filters: Partial<EventFiltersInput> = {}): Promise<string> {
  const { id } = await requestExport(scope, { filters: eventFilters.parse({ ...YEAR, ...filters }) });
  return id;
}

/** Writes the missing parts like the worker does. */
export async function writeParts(
  scope: OrganizationScope,
  exportId: string,
  size?: PartSize,
  parts: readonly ExportPart[] = [],
): Promise<ExportPart[]> {
  const all = [...parts];
  for (let last = all.at(-1); !last?.done; last = all.at(-1)) {
    const part = await writeExportPart(scope, exportId, last?.cursor ?? null, all.length + 1, size);
    if (!part) throw new Error("the export is no longer pending");
    all.push(part);
  }
  return all;
}

/** Runs a whole export without the Inngest function; returns the file. */
export async function runExport(scope: OrganizationScope, exportId: string, size?: PartSize): Promise<Buffer> {
  await beginExport(scope, exportId);
  await completeExport(scope, exportId, await writeParts(scope, exportId, size));
  return readFile(scope, exportId);
}

export async function readFile(scope: OrganizationScope, exportId: string): Promise<Buffer> {
  return buffer((await scope.blobs.read(blobKey(exportId))).body);
}
