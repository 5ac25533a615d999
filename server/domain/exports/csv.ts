import Papa from "papaparse";
import type { EventParty } from "@/schemas/event";
import { parseTargets } from "@/server/domain/events/event-row";
import { eventId } from "@/server/ids";
import { inert } from "./formula";
import { momentText } from "./moment-text";
import type { ExportedEvent } from "./read-page";

const NEWLINE = "\r\n";
/** The first line of every file, whatever its rows. */
export const CSV_HEADER =
  "id,occurred_at,received_at,action,version,actor_id,actor_type,actor_name,actor_metadata,targets,target_ids,target_types,target_names,location,user_agent,metadata" +
  NEWLINE;

const occurredAt = momentText();
const receivedAt = momentText();
/** A single target without metadata or special characters, as most events have: read without parsing. */
const PLAIN = /^\[\{"id":"([^"\\|]*)","type":"([^"\\|]*)","name":(?:null|"([^"\\|]*)"),"metadata":null\}\]$/;
const MARKED = /[|\\]/;
const EVERY_MARKED = /[|\\]/g;

/**
 * Events as lines of RFC 4180, each ended by CRLF. Missing values are empty cells; metadata and targets are the compact
 * JSON that was stored; no cell runs as a formula. The bytes of many events are those of one after another.
 */
export function toCsv(events: readonly ExportedEvent[]): string {
  if (events.length === 0) return "";
  return Papa.unparse(events.map(toCells), { newline: NEWLINE }) + NEWLINE;
}

function toCells(event: ExportedEvent): string[] {
  const cells = event.map(inert);
  cells[0] = eventId(event[0]);
  cells[1] = occurredAt(event[1]);
  cells[2] = receivedAt(event[2]);
  const plain = PLAIN.exec(event[9]);
  const targets = plain ? null : parseTargets(event[9]);
  cells[10] = inert(targets ? joined(targets, "id") : (plain?.[1] ?? ""));
  cells[11] = inert(targets ? joined(targets, "type") : (plain?.[2] ?? ""));
  cells[12] = inert(targets ? joined(targets, "name") : (plain?.[3] ?? ""));
  return cells;
}

/** One cell for a value of each target, in their order: separated by `|`, with `\` before each `|` or `\` of a value. */
function joined(targets: readonly EventParty[], field: "id" | "type" | "name"): string {
  let text = "";
  let separator = "";
  for (const target of targets) {
    const value = target[field] ?? "";
    text += separator + (MARKED.test(value) ? value.replaceAll(EVERY_MARKED, String.raw`\$&`) : value);
    separator = "|";
  }
  return text;
}
