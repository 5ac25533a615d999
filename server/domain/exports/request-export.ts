import type { AuditLogExport, ExportRequest } from "@/schemas/exports/export";
import type { OutgoingEvent } from "@/schemas/outgoing-events";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { lockOrganization } from "@/server/domain/organizations/lock-organization";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { requireExportAllowed } from "./export-limits";
import { toExport } from "./export-row";
import { createExport } from "./export-store";

/**
 * Queues an export and returns once the request is stored; the worker writes the file.
 * @throws DomainError `not_found` if the organization was deleted; `too_many` if it has too many exports
 */
export async function requestExport(scope: OrganizationScope, request: ExportRequest): Promise<AuditLogExport> {
  const row = await scope.db.prisma.$transaction(async (tx) => {
    await lockOrganization(tx, scope, "exclusive");
    await requireExportAllowed(tx, scope);
    const created = await createExport(tx, scope, request);
    await recordActivity(tx, scope, "export.requested", { exportId: created.id });
    return created;
  });
  // The row is the source of truth: if the event cannot be sent now, the sweep sends it.
  await scope.send([requestedEvent(row.id, row.organization.id)]).catch((error: unknown) => {
    scope.log.warn({ exportId: row.id, error: String(error) }, "export event not sent, the sweep will send it");
  });
  return toExport(scope, row);
}

/** Returns the event that starts the writing. Sending it several times starts it once. */
export function requestedEvent(exportId: string, organizationId: string): OutgoingEvent {
  return { name: "export.requested", id: exportId, data: { exportId, organizationId } };
}
