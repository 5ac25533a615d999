import type { AuditLogEvent, EventParty } from "@/schemas/events/event";

/** Formats an event as indented JSON with the API's field names. Metadata keys stay as they were sent. */
export function eventJson(event: AuditLogEvent): string {
  const wireEvent = {
    id: event.id,
    action: event.action,
    version: event.version,
    occurred_at: event.occurredAt.toISOString(),
    received_at: event.receivedAt.toISOString(),
    actor: party(event.actor),
    targets: event.targets.map(party),
    context: { location: event.context.location, user_agent: event.context.userAgent ?? undefined },
    metadata: event.metadata ?? undefined,
  };
  return JSON.stringify(wireEvent, null, 2);
}

function party({ id, type, name, metadata }: EventParty) {
  return { id, type, name: name ?? undefined, metadata: metadata ?? undefined };
}
