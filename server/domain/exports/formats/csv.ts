import Papa from "papaparse";
import { eventId } from "@/server/kernel/ids";
import { CsvFastPath } from "@/server/domain/exports/formats/csv-fast-path/csv-fast-path";
import { formulaEscape, type FormulaEscape } from "./formula";
import { cellsOf, timestampOf, type Rows } from "./rows";
import { targetCells } from "./target-cells";

/** The columns of every table, whatever its rows contain. */
export const COLUMNS: readonly string[] =
  "id,occurred_at,received_at,action,version,actor_id,actor_type,actor_name,actor_metadata,targets,target_ids,target_types,target_names,location,user_agent,metadata".split(
    ",",
  );
const JSON_COLUMNS = new Set(["actor_metadata", "targets", "metadata"]);

/** The first line of every file. */
export const CSV_HEADER = `${COLUMNS.join(",")}\r\n`;

const SPLITTERS = ";";
const escapes = formulaEscape({ splitters: SPLITTERS, keepsNumbers: true });
const fastPath = new CsvFastPath({ separator: ",", splitters: SPLITTERS });

/**
 * Writes rows as RFC 4180 lines ending in CRLF. Missing values are empty cells, metadata and targets are the stored compact
 * JSON, and no cell runs as a formula. Rows written together give the same bytes as rows written one by one.
 */
export function toCsv(rows: Rows): Buffer {
  return fastPath.write(rows, (row) => csvLine(escapedCells(row, escapes), ","));
}

/** Returns the row's cells, one per column, none of which is a formula. */
export function escapedCells(row: Rows, { inText, inJson }: FormulaEscape): string[] {
  const [uuid = "", occurred, received, ...cells] = cellsOf(row);
  cells.splice(6, 1, ...targetCells(cells[6] ?? "[]"));
  const all = [eventId(uuid), timestampOf(occurred), timestampOf(received), ...cells];
  return all.map((cell, index) => (JSON_COLUMNS.has(COLUMNS[index] ?? "") ? inJson(cell) : inText(cell)));
}

/** Writes a line without its end. */
export function csvLine(cells: readonly string[], separator: string): string {
  return Papa.unparse([cells], { delimiter: separator, quotes: hasSeparator });
}

/** Whether any spreadsheet could split a cell: such cells have quotes in every file, whatever its separator is. */
function hasSeparator(cell: string): boolean {
  return /[,;\t]/.test(cell);
}
