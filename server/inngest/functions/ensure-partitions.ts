import { cron } from "inngest";
import { ensurePartitions } from "@/server/domain/events/ensure-partitions";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/services";

/** Daily; months ahead, so that missed days do no harm. */
export function ensurePartitionsRegularly(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    { id: "ensure-partitions", triggers: [cron("17 3 * * *")], retries: 2, concurrency: 1 },
    ({ step }) => step.run("ensure", () => ensurePartitions(services)),
  );
}
