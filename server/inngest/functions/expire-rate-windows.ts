import { cron } from "inngest";
import { expireAttemptWindows } from "@/server/domain/rate-limit/admit-attempt";
import { expireRateWindows } from "@/server/domain/rate-limit/expire-rate-windows";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/services";

/** Hourly. */
export function expireRateWindowsRegularly(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    { id: "expire-rate-windows", triggers: [cron("29 * * * *")], retries: 2, concurrency: 1 },
    async ({ step }) => {
      await step.run("expire", () => expireRateWindows(services));
      await step.run("expire-attempts", () => expireAttemptWindows(services));
    },
  );
}
