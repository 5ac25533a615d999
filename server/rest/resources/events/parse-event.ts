import { z } from "zod";
import { eventBody } from "@/schemas/events/event-body";
import { EVENT_LIMITS } from "@/schemas/limits";
import { DomainError } from "@/server/kernel/errors";
import { parse } from "@/server/kernel/parse";

/** An event with any targets. */
const withTargets = z.object({ event: z.object({ targets: z.array(z.unknown()) }) });

/**
 * Parses a body in any form. Counts the targets first, because parsing thousands of them only to reject them takes long.
 * @throws DomainError `invalid_input` with every invalid field
 */
export function parseEvent(body: unknown): z.output<typeof eventBody> {
  const targets = withTargets.safeParse(body).data?.event.targets.length ?? 0;
  if (targets <= EVENT_LIMITS.targets) return parse(eventBody, body);
  const message = `must be at most ${EVENT_LIMITS.targets} targets`;
  throw new DomainError("invalid_input", "Validation failed.", {
    violations: [{ code: "too_big", field: "event.targets", message }],
  });
}
