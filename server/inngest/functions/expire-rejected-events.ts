import { cron } from "inngest";
import { expireRejectedEvents } from "@/server/domain/events/rejected-events";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/services";

/** Daily. */
export function expireRejectedEventsRegularly(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    { id: "expire-rejected-events", triggers: [cron("41 3 * * *")], retries: 2, concurrency: 1 },
    ({ step }) => step.run("expire", () => expireRejectedEvents(services)),
  );
}
