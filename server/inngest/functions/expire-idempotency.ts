import { cron } from "inngest";
import { expireIdempotency } from "@/server/domain/events/expire-idempotency";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/services";

/** Three times an hour. */
export function expireIdempotencyRegularly(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    { id: "expire-idempotency", triggers: [cron("*/20 * * * *")], retries: 2, concurrency: 1 },
    ({ step }) => step.run("expire", () => expireIdempotency(services)),
  );
}
