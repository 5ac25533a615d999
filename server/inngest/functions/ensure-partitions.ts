import { cron } from "inngest";
import { ensurePartitions } from "@/server/domain/events/ensure-partitions";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/services";

/** Hourly; months ahead, so that missed hours, and hours in which the log is too busy, do no harm. */
export function ensurePartitionsRegularly(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    { id: "ensure-partitions", triggers: [cron("17 * * * *")], retries: 2, concurrency: 1 },
    ({ step }) => step.run("ensure", () => ensurePartitions(services)),
  );
}
