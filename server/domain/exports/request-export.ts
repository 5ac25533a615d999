import type { AuditLogExport, ExportRequest } from "@/schemas/exports/export";
import type { OutgoingEvent } from "@/schemas/outgoing-events";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { newId } from "@/server/kernel/ids";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { exportInclude, toExport } from "./export-row";

/** Asks for a file; resolves once the wish is stored, and the work goes on by itself. */
export async function requestExport(
  scope: OrganizationScope,
  { filters, format = "csv", gzip = false }: ExportRequest,
): Promise<AuditLogExport> {
  const now = scope.now();
  const row = await scope.db.prisma.$transaction(async (tx) => {
    const created = await tx.auditLogExport.create({
      data: {
        id: newId("audit_log_export", now),
        organizationPk: scope.organization.pk,
        filters: { ...filters, from: filters.from.toISOString(), to: filters.to.toISOString() },
        format,
        gzip,
        requestedBy: scope.principal,
        createdAt: now,
        updatedAt: now,
      },
      include: exportInclude,
    });
    await recordActivity(tx, scope, "export.requested", { exportId: created.id });
    return created;
  });
  // The row is the truth: what could not be sent now is sent again by the sweep.
  await scope.send([requestedEvent(row.id, row.organization.id)]).catch((error: unknown) => {
    scope.log.warn(
      { exportId: row.id, error: String(error) },
      "an export's event could not be sent and will be sent again",
    );
  });
  return toExport(scope, row);
}

/** What starts the work; however often it is sent, it is one run. */
export function requestedEvent(exportId: string, organizationId: string): OutgoingEvent {
  return { name: "export.requested", id: exportId, data: { exportId, organizationId } };
}
