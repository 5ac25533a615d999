import { parseTimestamp, timestampText } from "@/schemas/timestamps";
import { timeWarnings } from "@/server/domain/events/time-warnings";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { scopeToCachedOrganization } from "./organization-cache";
import type { Warning } from "./warning";

/** No retention is shorter, and no time that is less ahead gets a warning (ms). */
const USUAL = { age: 86_400_000, ahead: 60_000 } as const;
const NONE: readonly Warning[] = [];

/**
 * Returns warnings about the time of an event whose body was accepted. Costs next to nothing for an event that just
 * happened.
 */
export function eventTimeWarnings(
  scope: EnvironmentScope,
  body: unknown,
): readonly Warning[] | Promise<readonly Warning[]> {
  // Accepted bodies have these fields.
  const { organization_id, event } = body as { organization_id: string; event: { occurred_at: unknown } };
  const sent = event.occurred_at;
  const occurredAt = (typeof sent === "string" ? parseTimestamp(sent) : null) ?? timestampText.parse(sent);
  const now = scope.now();
  const age = now.getTime() - occurredAt.getTime();
  if (age <= USUAL.age && age >= -USUAL.ahead) return NONE;
  return scopeToCachedOrganization(scope, organization_id).then(({ organization }) =>
    timeWarnings(occurredAt, now, organization.retention ?? null).map((each) => ({
      ...each,
      field: "event.occurred_at",
    })),
  );
}
