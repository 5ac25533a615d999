import { z } from "zod";
import { metadata, type AuditLogEvent, type EventParty } from "@/schemas/events/event";
import { time } from "@/schemas/wire";

const party = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string().nullable(),
  metadata: metadata.nullable(),
});

export const eventResponse = z.object({
  object: z.literal("audit_log_event"),
  id: z.string(),
  organization_id: z.string(),
  action: z.string(),
  version: z.number().int(),
  occurred_at: time.describe("When the event happened, according to its sender."),
  received_at: time.describe("When Trailport stored the event."),
  actor: party,
  targets: z.array(party),
  context: z.object({ location: z.string(), user_agent: z.string().nullable() }),
  metadata: metadata.nullable(),
});

/** An event in the format in which events are sent; fields that the sender omitted are null. */
export function eventObject(organizationId: string, event: AuditLogEvent): z.input<typeof eventResponse> {
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
