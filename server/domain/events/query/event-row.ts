import type { AuditLogEvent } from "@/schemas/events/event";
import { eventId } from "@/server/kernel/ids";

/** What a read of an event selects from `e`, for `toEvent`. */
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
  /** JSON columns come as the text that was stored. */
  readonly actor_metadata: string | null;
  readonly targets: string;
  readonly location: string;
  readonly user_agent: string | null;
  readonly metadata: string | null;
}

/** A row as it is read back everywhere. */
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

/** The targets of a row, in the order that they were sent in. */
export function parseTargets(json: string): AuditLogEvent["targets"] {
  // Only the event writer fills the column, from values that schemas/event has passed.
  return JSON.parse(json) as AuditLogEvent["targets"];
}

function parseJson(json: string | null): AuditLogEvent["metadata"] {
  // As above.
  return json === null ? null : (JSON.parse(json) as AuditLogEvent["metadata"]);
}
