import type { EventKey } from "@/server/domain/events/event-key";
import { type EventSelection, eventSource, orderOf } from "@/server/domain/events/event-query";
import { Parameters } from "@/server/domain/events/parameters";
import type { QueryOptions, Database } from "@/server/services";

/**
 * Rows of the log in the order of a selection, as text: a line each, ended by LF, its cells separated by tabs. They are
 * the id as a uuid, occurred and received in milliseconds since 1970, action, version, the actor's id, type, name and
 * metadata, targets, location, user agent and metadata; targets and metadata as the JSON that was stored, what is
 * missing empty. `unescaped` gives what a cell holds.
 */
export type RowsText = string;

const COLUMNS = `e.id, (date_part('epoch', e.occurred_at) * 1000)::bigint, (date_part('epoch', e.received_at) * 1000)::bigint,
  e.action, e.version, e.actor_id, e.actor_type, e.actor_name, e.actor_metadata, e.targets, e.location, e.user_agent, e.metadata`;

/** Bytes of rows that are given at once: little enough to stay in the processor's cache, whoever writes them. */
const AT_ONCE = 1 << 16;
const LINE_END = 0x0a;

/** The first rows of a selection, at most `limit`, in its order; whole rows each time, and never none. */
export async function* readRows(
  db: Database,
  selection: EventSelection,
  limit: number,
  options?: QueryOptions,
): AsyncGenerator<RowsText> {
  const parameters = new Parameters();
  const source = eventSource(selection, limit, parameters);
  const sql = `SELECT ${COLUMNS} FROM ${source} ${orderOf(selection.order)} LIMIT ${parameters.add(limit, "int")}`;
  let pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of db.copy(sql, parameters.values, options)) {
    pieces.push(piece);
    bytes += piece.byteLength;
    if (bytes < AT_ONCE) continue;
    const rows = Buffer.concat(pieces);
    const end = rows.lastIndexOf(LINE_END) + 1;
    if (end > 0) yield rows.toString("utf8", 0, end);
    pieces = [rows.subarray(end)];
    bytes = rows.byteLength - end;
  }
  if (bytes > 0) yield Buffer.concat(pieces).toString("utf8");
}

/** How many there are. */
export function countRows(rows: RowsText): number {
  let count = 0;
  for (let at = rows.indexOf("\n"); at !== -1; at = rows.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** All but the last. */
export function withoutLast(rows: RowsText): RowsText {
  return rows.slice(0, startOfLast(rows));
}

/** Where the last of them stands. */
export function keyOfLast(rows: RowsText): EventKey {
  const [uuid = "", occurredAt] = rows.slice(startOfLast(rows)).split("\t", 2);
  return { uuid, occurredAt: new Date(Number(occurredAt)) };
}

function startOfLast(rows: RowsText): number {
  return rows.lastIndexOf("\n", rows.length - 2) + 1;
}

const WRITTEN: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** What a cell holds, as COPY's text format has it (https://www.postgresql.org/docs/current/sql-copy.html). */
export function unescaped(cell: string): string {
  return cell.includes("\\") ? cell.replaceAll(/\\(.)/g, (_, mark: string) => WRITTEN[mark] ?? mark) : cell;
}
