import { cron } from "inngest";
import { dropExpiredMonths, enforceRetention } from "@/server/domain/retention/enforce-retention";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/kernel/services";

/** A run may have 1,000 steps; at ten seconds each, what is left after these two and a half hours is the next night's. */
const MOST_TURNS = 900;

/** Nightly; whole months first, since what is dropped with them need not be deleted. */
export function enforceRetentionNightly(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    { id: "enforce-retention", triggers: [cron("7 2 * * *")], retries: 3, concurrency: 1 },
    async ({ step }) => {
      await step.run("drop-months", () => dropExpiredMonths(services));
      let after = 0;
      for (let turn = 1; turn <= MOST_TURNS; turn += 1) {
        const position = after;
        const next = await step.run(`delete-${turn}`, () => enforceRetention(services, position));
        if (next === null) return;
        after = next;
      }
    },
  );
}
