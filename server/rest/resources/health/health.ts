import { z } from "zod";
import { secondsSinceHeartbeat } from "@/server/domain/operations/heartbeat";
import type { Operation } from "@/server/rest/http/endpoint";
import { json } from "@/server/rest/http/json";

/** `GET /api/health` */
export const live: Operation = {
  documentation: {
    summary: "Whether the process answers",
    access: "open",
    status: 200,
    answer: z.object({ status: z.literal("ok") }),
  },
  handler: () => () => json(200, { status: "ok" }),
};

/** Seconds; a function runs every minute. */
const LATE = 180;

/** `GET /api/health/ready` */
export const ready: Operation = {
  documentation: {
    summary: "Whether it can do its work",
    description:
      "Looks at the database, the blob store and the worker. 503 names in `failing` what does not answer. A worker that has " +
      "run nothing for three minutes is named with 200 and `degraded`: events are taken and read without it, exports wait.",
    access: "open",
    status: 200,
    answer: z.object({ status: z.enum(["ok", "degraded", "unavailable"]), failing: z.array(z.string()) }),
  },
  handler: (services) => async () => {
    const checks = { database: services.db.query("SELECT 1", []), blob_store: services.blobs.check() };
    const names = Object.keys(checks);
    const results = await Promise.allSettled(Object.values(checks));
    const failing = names.filter((_name, index) => results[index]?.status === "rejected");
    for (const result of results) {
      if (result.status === "rejected") services.log.warn({ err: result.reason }, "a readiness check failed");
    }
    if (failing.length > 0) return json(503, { status: "unavailable", failing });
    const late = (await secondsSinceHeartbeat(services)) > LATE;
    return json(200, late ? { status: "degraded", failing: ["worker"] } : { status: "ok", failing });
  },
};
