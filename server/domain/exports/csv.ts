import Papa from "papaparse";
import { parseTargets } from "@/server/domain/events/event-row";
import { eventId } from "@/server/ids";
import type { ExportedEvent } from "./read-page";

const NEWLINE = "\r\n";
/** Papaparse is half as fast again with rows handed over in slices of this size as with thousands at once. */
const SLICE = 100;

/** The first line of every file, whatever its rows. */
export const CSV_HEADER =
  "id,occurred_at,received_at,action,version,actor_id,actor_type,actor_name,actor_metadata,targets,target_ids,target_types,target_names,location,user_agent,metadata" +
  NEWLINE;

/**
 * A text that a spreadsheet could run as a formula: one that begins with a sign, after any quotes, blanks and invisible
 * characters, or with a tab or a line break. Plain numbers are none. Such a cell is written with one `'` in front, and
 * a reader who takes off one `'` wherever the rest is such a text has the original back.
 */
export const FORMULA =
  /^(?![+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$)'*(?:[\s\p{Cc}\p{Cf}\p{Z}\p{DI}]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|[\t\r\n])/iu;

/**
 * Events as lines of RFC 4180, each ended by CRLF. Missing values are empty cells; metadata and targets are the compact
 * JSON that was stored. The bytes of many events are those of one after another.
 */
export function toCsv(events: readonly ExportedEvent[]): string {
  let text = "";
  for (let start = 0; start < events.length; start += SLICE) {
    const rows = events.slice(start, start + SLICE).map(toCells);
    text += Papa.unparse(rows, { newline: NEWLINE, escapeFormulae: FORMULA }) + NEWLINE;
  }
  return text;
}

function toCells(event: ExportedEvent): string[] {
  const [uuid, occurredAt, receivedAt, action, version, actorId, actorType, actorName, actorMetadata, targets, location, userAgent, metadata] = event;
  const list = parseTargets(targets);
  return [
    eventId(uuid),
    new Date(Number(occurredAt)).toISOString(),
    new Date(Number(receivedAt)).toISOString(),
    action,
    version,
    actorId,
    actorType,
    actorName,
    actorMetadata,
    targets,
    joined(list.map((target) => target.id)),
    joined(list.map((target) => target.type)),
    joined(list.map((target) => target.name ?? "")),
    location,
    userAgent,
    metadata,
  ];
}

/** One cell for the targets' values, in the targets' order: separated by `|`, with `\` before each `|` or `\` of a value. */
function joined(values: readonly string[]): string {
  const [only = ""] = values;
  if (values.length <= 1 && !/[|\\]/.test(only)) return only;
  return values.map((value) => value.replaceAll(/[|\\]/g, String.raw`\$&`)).join("|");
}
