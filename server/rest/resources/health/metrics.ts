import { timingSafeEqual } from "node:crypto";
import { readWorkload } from "@/server/domain/operations/read-workload";
import { DomainError } from "@/server/kernel/errors";
import { hashSecret } from "@/server/kernel/ids";
import type { Operation } from "@/server/rest/http/endpoint";

/** `GET /metrics` */
export const metrics: Operation = {
  documentation: {
    summary: "Figures for Prometheus",
    description:
      "For the operator of the host: needs `METRICS_TOKEN` as the bearer token, and is not there where none is set. " +
      "Each web process answers with its own requests and batches, and with the exports and functions of all.",
    access: "open",
    status: 200,
    answer: "text/plain",
  },
  handler: (services) => async (context) => {
    const expected = services.config.metricsToken;
    if (expected === null) throw new DomainError("not_found", "No METRICS_TOKEN is set, so there are no metrics.");
    const given = /^Bearer +(\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
    // Hashes have one length, and comparing them tells nothing of the token.
    if (!timingSafeEqual(hashSecret(given), hashSecret(expected))) {
      throw new DomainError("unauthenticated", "Unauthorized");
    }
    const { contentType, text } = await services.metrics.render(await readWorkload(services));
    return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
  },
};
