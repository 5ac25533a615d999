import type { AuditLogExport } from "@/schemas/exports/export";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { DomainError } from "@/server/kernel/errors";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { markCanceled } from "./export-store";
import { getExport } from "./read-exports";

/**
 * Cancels a pending export; its writing stops within seconds. Canceling it again does nothing.
 * @throws DomainError `not_found`; `conflict` if the export has already finished
 */
export async function cancelExport(scope: OrganizationScope, exportId: string): Promise<AuditLogExport> {
  const isCanceled = await scope.db.prisma.$transaction(async (tx) => {
    if (!(await markCanceled(tx, scope, exportId))) return false;
    await recordActivity(tx, scope, "export.cancelled", { exportId });
    return true;
  });
  const found = await getExport(scope, exportId);
  if (!isCanceled && found.canceledAt === null) {
    throw new DomainError("conflict", "This export has already finished.");
  }
  // If the event is lost, the running step stops at its next heartbeat.
  await scope
    .send([{ name: "export.cancelled", id: `${exportId}:cancelled`, data: { exportId } }])
    .catch((error: unknown) => {
      scope.log.warn({ exportId, error: String(error) }, "event of a canceled export not sent");
    });
  return found;
}
