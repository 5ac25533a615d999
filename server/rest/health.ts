import type { Context } from "hono";
import type { Services } from "@/server/services";

/** `GET /api/health`: the process answers. */
export function live(): Response {
  return Response.json({ status: "ok" });
}

/** `GET /api/health/ready`: and what it needs answers too; 503 names what does not. */
export function ready(services: Services) {
  return async (_: Context): Promise<Response> => {
    const checks = { database: services.db.query("SELECT 1", []), blob_store: services.blobs.check() };
    const names = Object.keys(checks);
    const results = await Promise.allSettled(Object.values(checks));
    const failing = names.filter((_name, index) => results[index]?.status === "rejected");
    for (const result of results) {
      if (result.status === "rejected") services.log.warn({ err: result.reason }, "a readiness check failed");
    }
    const ok = failing.length === 0;
    return Response.json({ status: ok ? "ok" : "unavailable", failing }, { status: ok ? 200 : 503 });
  };
}
