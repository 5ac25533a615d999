import { z } from "zod";
import { readFreeSpace } from "@/server/domain/operations/free-space";
import { functionProblems } from "@/server/domain/operations/function-registration";
import { MAX_HEARTBEAT_AGE, secondsSinceHeartbeat } from "@/server/domain/operations/heartbeat";
import { shutdownState } from "@/server/kernel/shutdown-state";
import { VERSION } from "@/server/kernel/version";
import type { Operation } from "@/server/rest/http/operation";
import { jsonReply } from "@/server/rest/http/reply";

/** `GET /api/health` */
export const live: Operation = {
  documentation: {
    summary: "Check liveness",
    access: "open",
    status: 200,
    response: z.object({ status: z.literal("ok"), version: z.string() }),
  },
  handler: () => async () => jsonReply(200, { status: "ok", version: VERSION }),
};

/** What to look at while no function runs, for an operator who reads the response. */
const WORKER_REASON =
  "No function has run for 3 minutes. Look at the worker's log. An Inngest server must reach /api/inngest.";

const DISK_NAMES = { database: "database_disk", files: "blob_store_disk" } as const;

/** `GET /api/health/ready` */
export const ready: Operation = {
  documentation: {
    summary: "Check readiness",
    description:
      "Checks the database, the blob store and the worker. Returns 503 with the parts that don't respond in `failing`, or " +
      "with `stopping` in it from `DRAIN_SECONDS` before a process that was told to stop accepts no more requests. If " +
      "the worker has run nothing for 3 minutes, a configured Inngest server rejects Trailport, or a disk has less free " +
      "space than `FREE_SPACE_RESERVE`, returns 200 with the status `degraded`: events can be sent and read, but exports wait.",
    access: "open",
    status: 200,
    response: z.object({
      status: z.enum(["ok", "degraded", "unavailable"]),
      failing: z.array(z.string()),
      reasons: z.record(z.string(), z.string()).optional().describe("What is wrong with `worker` and `inngest`."),
      free_bytes: z
        .object({ database: z.number().nullable(), blob_store: z.number().nullable() })
        .optional()
        .describe("Free space on the disks; null where it is unknown, such as in a bucket."),
    }),
  },
  handler: (services) => async () => {
    if (services.caches.of(shutdownState).isStopping)
      return jsonReply(503, { status: "unavailable", failing: ["stopping"] });
    const checks = { database: services.db.query("SELECT 1", []), blob_store: services.blobs.check() };
    const names = Object.keys(checks);
    const results = await Promise.allSettled(Object.values(checks));
    const failing = names.filter((_name, index) => results[index]?.status === "rejected");
    for (const result of results) {
      if (result.status === "rejected") services.log.warn({ err: result.reason }, "a readiness check failed");
    }
    if (failing.length > 0) return jsonReply(503, { status: "unavailable", failing });
    const [heartbeatAge, { low, database, files }] = await Promise.all([
      secondsSinceHeartbeat(services),
      readFreeSpace(services),
    ]);
    const inngest = [...services.caches.of(functionProblems).values()].join(" ");
    const reasons = {
      ...(heartbeatAge > MAX_HEARTBEAT_AGE && { worker: WORKER_REASON }),
      ...(inngest !== "" && { inngest }),
    };
    const degraded = [...Object.keys(reasons), ...low.map((disk) => DISK_NAMES[disk])];
    return jsonReply(200, {
      status: degraded.length > 0 ? "degraded" : "ok",
      failing: degraded,
      ...(Object.keys(reasons).length > 0 && { reasons }),
      free_bytes: { database, blob_store: files },
    });
  },
};
