import { timingSafeEqual } from "node:crypto";
import { readWorkload } from "@/server/domain/operations/read-workload";
import { DomainError } from "@/server/kernel/errors";
import { hashSecret } from "@/server/kernel/ids";
import type { Operation } from "@/server/rest/http/operation";

/** `GET /metrics` */
export const metrics: Operation = {
  documentation: {
    summary: "Get Prometheus metrics",
    description:
      "For the operator of the host. Needs `METRICS_TOKEN` as the bearer token; returns 404 if none is set. Each web " +
      "process reports its own requests and batches, and the exports and functions of all processes.",
    access: "open",
    status: 200,
    response: "text/plain",
  },
  handler: (services) => async (request) => {
    const expected = services.config.metricsToken;
    if (expected === null) throw new DomainError("not_found", "METRICS_TOKEN is not set, so there are no metrics.");
    const given = /^Bearer +(\S+)$/i.exec(request.header("authorization") ?? "")?.[1] ?? "";
    // The hashes have equal length, and comparing them reveals nothing about the token.
    if (!timingSafeEqual(hashSecret(given), hashSecret(expected))) {
      throw new DomainError("unauthenticated", "Unauthorized");
    }
    const { contentType, text } = await services.metrics.render(await readWorkload(services), services.caches.stats());
    return { status: 200, headers: { "content-type": contentType, "cache-control": "no-store" }, body: text };
  },
};
