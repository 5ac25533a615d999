import type { AuditLogExport } from "@/schemas/exports/export";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { DomainError } from "@/server/kernel/errors";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { getExport, visibleTo } from "./read-exports";

/**
 * Stops an export that is not finished; within seconds nothing more is written. Cancelling twice does no harm.
 * @throws DomainError `not_found`; `conflict` when the export is finished already
 */
export async function cancelExport(scope: OrganizationScope, exportId: string): Promise<AuditLogExport> {
  const now = scope.now();
  const stopped = await scope.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.auditLogExport.updateMany({
      where: { id: exportId, ...visibleTo(scope), state: "pending" },
      data: {
        state: "error",
        failure: `Cancelled by ${scope.principal.name}.`,
        cancelledAt: now,
        finishedAt: now,
        updatedAt: now,
      },
    });
    if (count > 0) await recordActivity(tx, scope, "export.cancelled", { exportId });
    return count > 0;
  });
  const found = await getExport(scope, exportId);
  if (!stopped && found.cancelledAt === null) {
    throw new DomainError("conflict", "The export is finished already; there is nothing left to cancel.");
  }
  // Should it not arrive, the work sees the row's state before its next page.
  await scope
    .send([{ name: "export.cancelled", id: `${exportId}:cancelled`, data: { exportId } }])
    .catch((error: unknown) => {
      scope.log.warn({ exportId, error: String(error) }, "the event of a cancelled export could not be sent");
    });
  return found;
}
