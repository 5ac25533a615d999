import Papa from "papaparse";
import { eventId } from "@/server/kernel/ids";
import { CsvFastPath } from "@/server/domain/exports/formats/csv-fast-path/csv-fast-path";
import { escapeFormula } from "./formula";
import { cellsOf, timestampOf, type Rows } from "./rows";
import { targetCells } from "./target-cells";

/** The first line of every file. */
export const CSV_HEADER =
  "id,occurred_at,received_at,action,version,actor_id,actor_type,actor_name,actor_metadata,targets,target_ids,target_types,target_names,location,user_agent,metadata\r\n";

const fastPath = new CsvFastPath();

/**
 * Writes rows as RFC 4180 lines ending in CRLF. Missing values are empty cells, metadata and targets are the stored compact
 * JSON, and no cell runs as a formula. Rows written together give the same bytes as rows written one by one.
 */
export function toCsv(rows: Rows): Buffer {
  return fastPath.write(rows, line);
}

function line(row: Rows): string {
  const [uuid = "", occurred, received, ...cells] = cellsOf(row);
  const targets = cells[6] ?? "[]";
  cells.splice(6, 1, ...targetCells(targets));
  return Papa.unparse([[eventId(uuid), timestampOf(occurred), timestampOf(received), ...cells.map(escapeFormula)]]);
}
