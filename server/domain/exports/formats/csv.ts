import Papa from "papaparse";
import { eventId } from "@/server/kernel/ids";
import { inert } from "./formula";
import { PlainLines } from "@/server/domain/exports/formats/csv-fast-path/csv-fast-path";
import { cellsOf, momentOf, type Rows } from "./rows";
import { targetCells } from "./target-cells";

/** The first line of every file, whatever its rows. */
export const CSV_HEADER =
  "id,occurred_at,received_at,action,version,actor_id,actor_type,actor_name,actor_metadata,targets,target_ids,target_types,target_names,location,user_agent,metadata\r\n";

const plain = new PlainLines();

/**
 * Rows as lines of RFC 4180, each ended by CRLF. Missing values are empty cells; metadata and targets are the compact
 * JSON that was stored; no cell runs as a formula. The bytes of many rows are those of one after another.
 */
export function toCsv(rows: Rows): Buffer {
  return plain.write(rows, line);
}

function line(row: Rows): string {
  const [uuid = "", occurred, received, ...cells] = cellsOf(row);
  const targets = cells[6] ?? "[]";
  cells.splice(6, 1, ...targetCells(targets));
  return Papa.unparse([[eventId(uuid), momentOf(occurred), momentOf(received), ...cells.map(inert)]]);
}
