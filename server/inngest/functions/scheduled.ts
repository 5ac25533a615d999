import { cron, type InngestFunction } from "inngest";
import { ensurePartitions } from "@/server/domain/events/partitions/ensure-partitions";
import { expireIdempotency } from "@/server/domain/events/ingest/expire-idempotency";
import { expireRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import { expireExportFiles } from "@/server/domain/exports/maintenance/expire-export-files";
import { resumeStalledExports } from "@/server/domain/exports/maintenance/resume-stalled-exports";
import { sweepExports } from "@/server/domain/exports/maintenance/sweep-exports";
import { isClockSteady, recordHeartbeat } from "@/server/domain/operations/heartbeat";
import { repairTimes } from "@/server/domain/operations/repair-times";
import { sweepDeletedOrganizations } from "@/server/domain/organizations/delete-organization";
import { expireAttemptWindows } from "@/server/domain/rate-limit/admit-attempt";
import { expireRateWindows } from "@/server/domain/rate-limit/expire-rate-windows";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/kernel/services";

interface ScheduledFunction {
  readonly id: string;
  /** A cron expression in UTC. */
  readonly cron: string;
  /** The tasks by step ID, in order. */
  readonly tasks: Readonly<Record<string, (services: Services) => Promise<unknown>>>;
  /** Deletes data for its age, so it does nothing while the clock may be wrong. A later run catches up. */
  readonly needsSteadyClock?: true;
  /** Defaults to 2. */
  readonly retries?: 0;
}

// Function and step IDs are stored with runs, so they never change.
const SCHEDULED: readonly ScheduledFunction[] = [
  // The heartbeat tells readiness checks and metrics that the worker is alive.
  { id: "beat", cron: "* * * * *", tasks: { beat: recordHeartbeat }, retries: 0 },
  // More often than the sweep, so that an export whose run was lost continues within two minutes.
  { id: "resume-exports", cron: "* * * * *", tasks: { resume: resumeStalledExports }, retries: 0 },
  { id: "sweep-exports", cron: "*/5 * * * *", tasks: { "repair-times": repairTimes, sweep: sweepExports } },
  { id: "expire-export-files", cron: "11,41 * * * *", tasks: { expire: expireExportFiles }, needsSteadyClock: true },
  { id: "sweep-deleted-organizations", cron: "*/10 * * * *", tasks: { sweep: sweepDeletedOrganizations } },
  // Creates partitions months ahead, so that missed runs, and runs while the log is too busy, do no harm.
  { id: "ensure-partitions", cron: "17 * * * *", tasks: { ensure: ensurePartitions } },
  { id: "expire-idempotency", cron: "*/20 * * * *", tasks: { expire: expireIdempotency }, needsSteadyClock: true },
  { id: "expire-rejected-events", cron: "41 3 * * *", tasks: { expire: expireRejectedEvents }, needsSteadyClock: true },
  {
    id: "expire-rate-windows",
    cron: "29 * * * *",
    tasks: { expire: expireRateWindows, "expire-attempts": expireAttemptWindows },
  },
];

/** Creates the functions that run one or two tasks on a schedule. */
export function scheduledFunctions(inngest: InngestClient, services: Services): InngestFunction.Any[] {
  return SCHEDULED.map(({ id, cron: expression, tasks, needsSteadyClock, retries }) =>
    inngest.createFunction(
      { id, triggers: [cron(expression)], retries: retries ?? 2, concurrency: 1 },
      async ({ step }) => {
        if (needsSteadyClock && !(await step.run("clock", () => isClockSteady(services)))) return;
        for (const [name, task] of Object.entries(tasks)) await step.run(name, () => task(services));
      },
    ),
  );
}
