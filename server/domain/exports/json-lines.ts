import { eventId } from "@/server/ids";
import { momentText } from "./moment-text";
import type { ExportedEvent } from "./read-page";

const occurredAt = momentText();
const receivedAt = momentText();

/** Events as JSON, each on a line of its own ended by LF, in the spelling of the REST API; what is missing is null. */
export function toJsonLines(events: readonly ExportedEvent[]): string {
  return events.map((event) => `${toLine(event)}\n`).join("");
}

function toLine(event: ExportedEvent): string {
  const [uuid, occurred, received, action, version, actorId, actorType, actorName, actorMetadata, targets] = event;
  const [location, userAgent, metadata] = event.slice(13);
  // Metadata and targets go in as the JSON that was stored: parsing them would only spell numbers anew.
  const actor = `{"id":${text(actorId)},"type":${text(actorType)},"name":${text(actorName)},"metadata":${actorMetadata || "null"}}`;
  const context = `{"location":${JSON.stringify(location)},"user_agent":${text(userAgent)}}`;
  return (
    `{"id":"${eventId(uuid)}","action":${text(action)},"version":${version},"occurred_at":"${occurredAt(occurred)}",` +
    `"received_at":"${receivedAt(received)}","actor":${actor},"targets":${targets},"context":${context},"metadata":${metadata || "null"}}`
  );
}

/** An empty text is one that is missing. */
function text(value: string | undefined): string {
  return value ? JSON.stringify(value) : "null";
}
