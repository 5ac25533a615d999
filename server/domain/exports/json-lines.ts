import { eventId } from "@/server/ids";
import { momentText } from "./moment-text";
import { cellsOf, type ExportedEvent } from "./read-page";

const occurredAt = momentText();
const receivedAt = momentText();

/** Events as JSON, each on a line of its own ended by LF, in the spelling of the REST API; what is missing is null. */
export function toJsonLines(events: readonly ExportedEvent[]): string {
  return events.map((event) => `${toLine(event)}\n`).join("");
}

function toLine(event: ExportedEvent): string {
  const [action, version] = cellsOf(event.action);
  const [actorId, actorType, actorName, actorMetadata] = cellsOf(event.actor);
  const [location = "", userAgent] = cellsOf(event.context);
  // Metadata and targets go in as the JSON that was stored: parsing them would only spell numbers anew.
  const actor = `{"id":${text(actorId)},"type":${text(actorType)},"name":${text(actorName)},"metadata":${actorMetadata || "null"}}`;
  const context = `{"location":${JSON.stringify(location)},"user_agent":${text(userAgent)}}`;
  return (
    `{"id":"${eventId(event.uuid)}","action":${text(action)},"version":${version},"occurred_at":"${occurredAt(event.occurredAt)}",` +
    `"received_at":"${receivedAt(event.receivedAt)}","actor":${actor},"targets":${event.targets},"context":${context},"metadata":${event.metadata || "null"}}`
  );
}

/** An empty text is one that is missing. */
function text(value: string | undefined): string {
  return value ? JSON.stringify(value) : "null";
}
