import { cron, type InngestFunction } from "inngest";
import { ensurePartitions } from "@/server/domain/events/partitions/ensure-partitions";
import { expireIdempotency } from "@/server/domain/events/ingest/expire-idempotency";
import { expireRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import { expireExportFiles } from "@/server/domain/exports/maintenance/expire-export-files";
import { sweepExports } from "@/server/domain/exports/maintenance/sweep-exports";
import { recordHeartbeat } from "@/server/domain/operations/heartbeat";
import { sweepDeletedOrganizations } from "@/server/domain/organizations/delete-organization";
import { expireAttemptWindows } from "@/server/domain/rate-limit/admit-attempt";
import { expireRateWindows } from "@/server/domain/rate-limit/expire-rate-windows";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/kernel/services";

interface Regular {
  readonly id: string;
  /** As cron writes it; UTC. */
  readonly at: string;
  /** By the ids of their steps, in order. */
  readonly chores: Readonly<Record<string, (services: Services) => Promise<unknown>>>;
  /** 2 where nothing else is said. */
  readonly retries?: 0;
}

const REGULAR: readonly Regular[] = [
  // That this runs is what readiness and metrics know of the worker.
  { id: "beat", at: "* * * * *", chores: { beat: recordHeartbeat }, retries: 0 },
  { id: "sweep-exports", at: "*/5 * * * *", chores: { sweep: sweepExports } },
  { id: "expire-export-files", at: "11,41 * * * *", chores: { expire: expireExportFiles } },
  { id: "sweep-deleted-organizations", at: "*/10 * * * *", chores: { sweep: sweepDeletedOrganizations } },
  // Months ahead, so that missed hours, and hours in which the log is too busy, do no harm.
  { id: "ensure-partitions", at: "17 * * * *", chores: { ensure: ensurePartitions } },
  { id: "expire-idempotency", at: "*/20 * * * *", chores: { expire: expireIdempotency } },
  { id: "expire-rejected-events", at: "41 3 * * *", chores: { expire: expireRejectedEvents } },
  {
    id: "expire-rate-windows",
    at: "29 * * * *",
    chores: { expire: expireRateWindows, "expire-attempts": expireAttemptWindows },
  },
];

/** What the worker does by the clock in a step or two. */
export function regularFunctions(inngest: InngestClient, services: Services): InngestFunction.Any[] {
  return REGULAR.map(({ id, at, chores, retries }) =>
    inngest.createFunction({ id, triggers: [cron(at)], retries: retries ?? 2, concurrency: 1 }, async ({ step }) => {
      for (const [name, chore] of Object.entries(chores)) await step.run(name, () => chore(services));
    }),
  );
}
