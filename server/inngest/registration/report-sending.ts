import { functionProblems } from "@/server/domain/operations/function-registration";
import type { Services } from "@/server/kernel/services";

/** Wraps `send`: readiness checks report why the Inngest server does not accept events, until it accepts one. */
export function reportSending(send: Services["send"], caches: Services["caches"]): Services["send"] {
  return async (events) => {
    const problems = caches.of(functionProblems);
    await send(events).catch((error: unknown) => {
      problems.set("sending", sendingProblem(error));
      throw error;
    });
    problems.delete("sending");
  };
}

/** Returns the reason for the operator. */
export function sendingProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /event key not found|\b40[134]\b/i.test(message)
    ? "Inngest rejected INNGEST_EVENT_KEY. Give Trailport and Inngest the same key."
    : `Inngest did not accept an event: ${message}.`;
}
