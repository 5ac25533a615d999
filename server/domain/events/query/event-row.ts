import type { AuditLogEvent } from "@/schemas/events/event";
import { eventId } from "@/server/kernel/ids";

/** The columns of a row `e` that `toEvent` needs. */
export const EVENT_COLUMNS = `e.id, e.action, e.version, e.occurred_at, e.received_at, e.actor_id, e.actor_type, e.actor_name,
  e.actor_metadata, e.targets, e.location, e.user_agent, e.metadata`;

export interface StoredEvent {
  readonly id: string;
  readonly action: string;
  readonly version: number;
  readonly occurred_at: Date;
  readonly received_at: Date;
  readonly actor_id: string;
  readonly actor_type: string;
  readonly actor_name: string | null;
  /** JSON columns contain the stored text. */
  readonly actor_metadata: string | null;
  readonly targets: string;
  readonly location: string;
  readonly user_agent: string | null;
  readonly metadata: string | null;
}

/** Converts a row to the event that screens, files and API responses show. */
export function toEvent(row: StoredEvent): AuditLogEvent {
  return {
    id: eventId(row.id),
    action: row.action,
    version: row.version,
    occurredAt: row.occurred_at,
    receivedAt: row.received_at,
    actor: { id: row.actor_id, type: row.actor_type, name: row.actor_name, metadata: parseJson(row.actor_metadata) },
    targets: parseTargets(row.targets),
    context: { location: row.location, userAgent: row.user_agent },
    metadata: parseJson(row.metadata),
  };
}

/** Parses a row's targets, in the order in which they were sent. */
export function parseTargets(json: string): AuditLogEvent["targets"] {
  // Only the event writer fills the column, with values that `newEvent` accepted.
  return JSON.parse(json) as AuditLogEvent["targets"];
}

function parseJson(json: string | null): AuditLogEvent["metadata"] {
  // As above.
  return json === null ? null : (JSON.parse(json) as AuditLogEvent["metadata"]);
}
