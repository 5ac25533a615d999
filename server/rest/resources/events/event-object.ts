import { z } from "zod";
import { metadata, type AuditLogEvent, type EventParty } from "@/schemas/events/event";
import { time } from "@/schemas/wire";

const party = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string().nullable(),
  metadata: metadata.nullable(),
});

export const eventAnswer = z.object({
  object: z.literal("audit_log_event"),
  id: z.string(),
  organization_id: z.string(),
  action: z.string(),
  version: z.number().int(),
  occurred_at: time.describe("When it happened, as the sender said."),
  received_at: time.describe("When it was stored."),
  actor: party,
  targets: z.array(party),
  context: z.object({ location: z.string(), user_agent: z.string().nullable() }),
  metadata: metadata.nullable(),
});

/** An event in the spelling that it was sent in; what the sender left out is null. */
export function eventObject(organizationId: string, event: AuditLogEvent): z.input<typeof eventAnswer> {
  return {
    object: "audit_log_event",
    id: event.id,
    organization_id: organizationId,
    action: event.action,
    version: event.version,
    occurred_at: event.occurredAt,
    received_at: event.receivedAt,
    actor: partyObject(event.actor),
    targets: event.targets.map(partyObject),
    context: { location: event.context.location, user_agent: event.context.userAgent },
    metadata: event.metadata,
  };
}

function partyObject({ id, type, name, metadata }: EventParty): z.input<typeof party> {
  return { id, type, name, metadata };
}
