import { eventId } from "@/server/kernel/ids";
import { cellsOf, timestampOf, type Rows } from "./rows";

/** Writes rows as JSON, one per line ending in LF, with the REST API's field names. Missing values are null. */
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
  // Copies metadata and targets as stored JSON: parsing them would change how numbers are written.
  const actor = `{"id":${text(actorId)},"type":${text(actorType)},"name":${text(actorName)},"metadata":${actorMetadata || "null"}}`;
  const context = `{"location":${JSON.stringify(location)},"user_agent":${text(userAgent)}}`;
  return (
    `{"id":"${eventId(uuid)}","action":${text(action)},"version":${version},"occurred_at":"${timestampOf(occurred)}",` +
    `"received_at":"${timestampOf(received)}","actor":${actor},"targets":${targets},"context":${context},"metadata":${metadata || "null"}}`
  );
}

/** An empty cell is a missing value. */
function text(value: string | undefined): string {
  return value ? JSON.stringify(value) : "null";
}
