import type { Services } from "@/server/services";
import { discardLeftovers } from "./discard-leftovers";
import { failExport } from "./finish-export";
import { requestedEvent } from "./request-export";

const MINUTE = 60_000;
/** An export whose work has not begun by then may never have been announced. */
const ANNOUNCE_AGAIN_AFTER = 2 * MINUTE;
/** An export without progress for so long has lost its worker for good: every retry comes sooner. */
const LOST_AFTER = 24 * 60 * MINUTE;
/** Leftovers are dropped at once as a rule; what is still there by then was left by a process that ended. */
const LEFT_AFTER = MINUTE;
const BATCH = 100;

/** Takes up what others have left lying: nothing stays pending for ever, and nothing of a failed export stays stored. */
export async function sweepExports(services: Services): Promise<void> {
  const { auditLogExport } = services.db.prisma;
  const before = (milliseconds: number) => ({ lt: new Date(services.now().getTime() - milliseconds) });

  const waiting = await auditLogExport.findMany({
    where: { state: "pending", startedAt: null, createdAt: before(ANNOUNCE_AGAIN_AFTER) },
    select: { id: true, organization: { select: { id: true } } },
    orderBy: { createdAt: "asc" },
    take: BATCH,
  });
  if (waiting.length > 0) await services.send(waiting.map((row) => requestedEvent(row.id, row.organization.id)));

  const lost = await auditLogExport.findMany({
    where: { state: "pending", startedAt: { not: null }, updatedAt: before(LOST_AFTER) },
    select: { id: true },
    take: BATCH,
  });
  const reason = {
    name: "DomainError",
    message: "The work on the file stopped more than a day ago and was not taken up again. Run the export again.",
  };
  for (const { id } of lost) await failExport(services, id, reason);

  const left = await auditLogExport.findMany({
    where: { state: "error", uploadId: { not: null }, finishedAt: before(LEFT_AFTER) },
    select: { id: true },
    take: BATCH,
  });
  for (const { id } of left) await discardLeftovers(services, id);
}
