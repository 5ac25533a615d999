import { cron } from "inngest";
import { isClockSteady } from "@/server/domain/operations/heartbeat";
import { dropExpiredMonths } from "@/server/domain/retention/drop-expired-months";
import { enforceRetention } from "@/server/domain/retention/enforce-retention";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/kernel/services";

/** A run may have 1,000 steps. These take up to two and a half hours; the next night's run deletes what is left. */
const MAX_TURNS = 900;

/** How long a run waits if the clock may be wrong; a little longer than the clock has to be steady. */
const CLOCK_WAIT = "65m";

/**
 * Enforces retention every night, but not while the clock may be wrong: it then waits once, and otherwise leaves everything
 * to the next night. Drops whole months first, because their events then need no deletion.
 */
export function enforceRetentionFunction(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    { id: "enforce-retention", triggers: [cron("7 2 * * *")], retries: 3, concurrency: 1 },
    async ({ step }) => {
      if (!(await step.run("clock", () => isClockSteady(services)))) {
        services.log.warn({}, "the clock or the worker was not steady, retention waits");
        await step.sleep("wait-for-clock", CLOCK_WAIT);
        if (!(await step.run("clock-again", () => isClockSteady(services)))) return;
      }
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
