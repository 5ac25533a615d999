import Papa from "papaparse";
import { eventId } from "@/server/ids";
import { inert } from "./formula";
import { momentText } from "./moment-text";
import { type CellGroup, cellsOf, type ExportedEvent } from "./read-page";
import { RememberedLines } from "./remembered-lines";
import { targetCells } from "./target-cells";

const NEWLINE = "\r\n";
/** The first line of every file, whatever its rows. */
export const CSV_HEADER =
  "id,occurred_at,received_at,action,version,actor_id,actor_type,actor_name,actor_metadata,targets,target_ids,target_types,target_names,location,user_agent,metadata" +
  NEWLINE;

const occurredAt = momentText();
const receivedAt = momentText();
const actions = new RememberedLines(written);
const actors = new RememberedLines(written);
const contexts = new RememberedLines(written);

/**
 * Events as lines of RFC 4180, each ended by CRLF. Missing values are empty cells; metadata and targets are the compact
 * JSON that was stored; no cell runs as a formula. The bytes of many events are those of one after another.
 */
export function toCsv(events: readonly ExportedEvent[]): string {
  const action = actions.of(events.map((event) => event.action));
  const actor = actors.of(events.map((event) => event.actor));
  const targets = unparsed(events.map((event) => targetCells(event.targets)));
  const context = contexts.of(events.map((event) => event.context));
  const metadata = unparsed(events.map((event) => [inert(event.metadata)]));
  let text = "";
  for (const [n, { uuid, occurredAt: occurred, receivedAt: received }] of events.entries()) {
    text +=
      `${eventId(uuid)},${occurredAt(occurred)},${receivedAt(received)},${action[n]},${actor[n]},${targets[n]},` +
      `${context[n]},${metadata[n]}${NEWLINE}`;
  }
  return text;
}

function written(groups: readonly CellGroup[]): string[] {
  return unparsed(groups.map((group) => cellsOf(group).map(inert)));
}

const LINE_END = "\u001e";

/** Each row as papaparse writes it. */
function unparsed(rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  const lines = Papa.unparse([...rows], { newline: LINE_END }).split(LINE_END);
  return lines.length === rows.length ? lines : rows.map((row) => Papa.unparse([row]));
}
