import type { Workload } from "@/server/kernel/ports/metrics";
import type { Services } from "@/server/kernel/services";
import { functionProblems } from "./function-registration";
import { secondsSinceHeartbeat } from "./heartbeat";

/** Returns the state of the background work over all workspaces, for the operator of the host and never for a tenant. */
export async function readWorkload(services: Services): Promise<Workload> {
  const [exports, steps, heartbeatSeconds, freeSpace] = await Promise.all([
    services.db.query<{ state: string; count: number; age: number }>(
      `SELECT state::text, count(*)::int AS count, extract(epoch FROM now() - min(created_at))::float AS age
       FROM audit_log_export GROUP BY state`,
      [],
    ),
    services.db.query<{ open: number; failed: number; retrying: number }>(
      `SELECT (SELECT count(*)::int FROM runner.runs WHERE status = 'open') AS open,
         (SELECT count(*)::int FROM runner.runs WHERE status = 'failed') AS failed,
         (SELECT count(*)::int FROM runner.jobs WHERE attempt > 0) AS retrying`,
      [],
    ),
    secondsSinceHeartbeat(services),
    services.freeSpace(),
  ]);
  const { open, failed, retrying } = steps[0] ?? { open: 0, failed: 0, retrying: 0 };
  const oldest = exports.find(({ state }) => state === "pending")?.age ?? 0;
  return {
    exports,
    oldestExportSeconds: Math.max(0, oldest),
    functionProblems: services.caches.of(functionProblems).size,
    runs: { open, failed },
    stepsRetrying: retrying,
    heartbeatSeconds,
    freeSpace,
  };
}
