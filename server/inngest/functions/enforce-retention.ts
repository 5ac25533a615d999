import { cron } from "inngest";
import { dropExpiredMonths } from "@/server/domain/retention/drop-expired-months";
import { enforceRetention } from "@/server/domain/retention/enforce-retention";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/kernel/services";

/** A run may have 1,000 steps. These take up to two and a half hours; the next night's run deletes what is left. */
const MAX_TURNS = 900;

/** Enforces retention every night. Drops whole months first, because their events then need no deletion. */
export function enforceRetentionFunction(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    { id: "enforce-retention", triggers: [cron("7 2 * * *")], retries: 3, concurrency: 1 },
    async ({ step }) => {
      await step.run("drop-months", () => dropExpiredMonths(services));
      let after = 0;
      for (let turn = 1; turn <= MAX_TURNS; turn += 1) {
        const position = after;
        const next = await step.run(`delete-${turn}`, () => enforceRetention(services, position));
        if (next === null) return;
        after = next;
      }
    },
  );
}
