import type { AuditLogExport } from "@/schemas/exports/export";
import { DomainError } from "@/server/kernel/errors";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { getExport } from "./read-exports";
import { requestExport } from "./request-export";

/**
 * Asks for another file with the filters and format of an export that failed, or whose file is wanted anew. Its events
 * are those of now.
 * @throws DomainError `not_found`; `conflict` while the export is at work
 */
export async function runExportAgain(scope: OrganizationScope, exportId: string): Promise<AuditLogExport> {
  const { state, filters, format, gzip } = await getExport(scope, exportId);
  if (state === "pending")
    throw new DomainError("conflict", "The export is still at work. Cancel it before you run it again.");
  return requestExport(scope, { filters, format, gzip });
}
