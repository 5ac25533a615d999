import { eventId } from "@/server/kernel/ids";
import { cellsOf, momentOf, type Rows } from "./rows";

/** Rows as JSON, each on a line of its own ended by LF, in the spelling of the REST API; what is missing is null. */
export function toJsonLines(rows: Rows): Buffer {
  let lines = "";
  for (let start = 0; start < rows.length;) {
    const end = rows.indexOf("\n", start);
    lines += `${toLine(cellsOf(rows.subarray(start, end)))}\n`;
    start = end + 1;
  }
  return Buffer.from(lines);
}

function toLine([uuid = "", occurred, received, action, version, ...cells]: readonly string[]): string {
  const [actorId, actorType, actorName, actorMetadata, targets, location = "", userAgent, metadata] = cells;
  // Metadata and targets go in as the JSON that was stored: parsing them would only spell numbers anew.
  const actor = `{"id":${text(actorId)},"type":${text(actorType)},"name":${text(actorName)},"metadata":${actorMetadata || "null"}}`;
  const context = `{"location":${JSON.stringify(location)},"user_agent":${text(userAgent)}}`;
  return (
    `{"id":"${eventId(uuid)}","action":${text(action)},"version":${version},"occurred_at":"${momentOf(occurred)}",` +
    `"received_at":"${momentOf(received)}","actor":${actor},"targets":${targets},"context":${context},"metadata":${metadata || "null"}}`
  );
}

/** An empty text is one that is missing. */
function text(value: string | undefined): string {
  return value ? JSON.stringify(value) : "null";
}
