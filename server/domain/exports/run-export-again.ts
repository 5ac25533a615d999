import type { AuditLogExport } from "@/schemas/exports/export";
import { DomainError } from "@/server/kernel/errors";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { getExport } from "./read-exports";
import { requestExport } from "./request-export";

/**
 * Requests a new export with the filters and format of one that has ended. It contains the events that match now.
 * @throws DomainError `not_found`; `conflict` while the export is running
 */
export async function runExportAgain(scope: OrganizationScope, exportId: string): Promise<AuditLogExport> {
  const { state, filters, format, gzip } = await getExport(scope, exportId);
  if (state === "pending") throw new DomainError("conflict", "This export is still running. Cancel it first.");
  return requestExport(scope, { filters, format, gzip });
}
