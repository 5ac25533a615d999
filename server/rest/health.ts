import { z } from "zod";
import type { Operation } from "./endpoint";
import { json } from "./json";

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

/** `GET /api/health/ready` */
export const ready: Operation = {
  documentation: {
    summary: "Whether it can do its work",
    description: "Looks at the database and the blob store. 503 names in `failing` what does not answer.",
    access: "open",
    status: 200,
    answer: z.object({ status: z.enum(["ok", "unavailable"]), failing: z.array(z.string()) }),
  },
  handler: (services) => async () => {
    const checks = { database: services.db.query("SELECT 1", []), blob_store: services.blobs.check() };
    const names = Object.keys(checks);
    const results = await Promise.allSettled(Object.values(checks));
    const failing = names.filter((_name, index) => results[index]?.status === "rejected");
    for (const result of results) {
      if (result.status === "rejected") services.log.warn({ err: result.reason }, "a readiness check failed");
    }
    const ok = failing.length === 0;
    return json(ok ? 200 : 503, { status: ok ? "ok" : "unavailable", failing });
  },
};
