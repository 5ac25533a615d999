import type { EventWarning } from "@/schemas/events/event-warning";
import { formatRetention, type Retention } from "@/schemas/organizations/retention";
import { retentionCutoff } from "@/server/domain/retention/retention-cutoff";

/** Clocks that are set by the network differ by less (ms). */
const TOLERANCE = 60_000;

/** Returns what people should know about an event's time: that it is in the future, or that retention deletes it at once. */
export function timeWarnings(occurredAt: Date, now: Date, retention: Retention | null): EventWarning[] {
  if (occurredAt.getTime() > now.getTime() + TOLERANCE) {
    return [
      {
        code: "occurred_in_future",
        message: "is in the future; check the sender's clock and time zone",
      },
    ];
  }
  if (retention === null || occurredAt >= retentionCutoff(now, retention)) return [];
  const kept = formatRetention(retention);
  return [
    {
      code: "older_than_retention",
      message: `is older than the organization's retention of ${kept}; the event is deleted the next night`,
    },
  ];
}
