import { cron } from "inngest";
import { noteHeartbeat } from "@/server/domain/operations/heartbeat";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/services";

/** Every minute: that this runs is what readiness and metrics know of the worker. */
export function beatRegularly(inngest: InngestClient, services: Services) {
  return inngest.createFunction({ id: "beat", triggers: [cron("* * * * *")], retries: 0, concurrency: 1 }, ({ step }) =>
    step.run("beat", () => noteHeartbeat(services)),
  );
}
