import { timeWarnings } from "@/server/domain/events/time-warnings";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { Warning } from "./warning";

/** No retention is shorter, and no time that is less ahead gets a warning (ms). */
const USUAL = { age: 86_400_000, ahead: 60_000 } as const;
const NONE: readonly Warning[] = [];

/** Returns warnings about the time of a stored event. Costs next to nothing for an event that just happened. */
export function eventTimeWarnings(scope: OrganizationScope, occurredAt: Date): readonly Warning[] {
  const now = scope.now();
  const age = now.getTime() - occurredAt.getTime();
  if (age <= USUAL.age && age >= -USUAL.ahead) return NONE;
  const found = timeWarnings(occurredAt, now, scope.organization.retention ?? null);
  return found.map((each) => ({ ...each, field: "event.occurred_at" }));
}
