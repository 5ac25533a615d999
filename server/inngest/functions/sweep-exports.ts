import { cron } from "inngest";
import { sweepExports } from "@/server/domain/exports/sweep-exports";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/services";

/** Every five minutes. */
export function sweepExportsRegularly(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    { id: "sweep-exports", triggers: [cron("*/5 * * * *")], retries: 2, concurrency: 1 },
    ({ step }) => step.run("sweep", () => sweepExports(services)),
  );
}
