import type { EventKey } from "@/server/domain/events/query/event-key";
import { type EventSelection, eventSource, orderOf } from "@/server/domain/events/query/event-source";
import { Parameters } from "@/server/domain/events/query/parameters";
import type { QueryOptions, Database } from "@/server/kernel/ports/database";

/**
 * Rows of the log in the order of a selection, as text in UTF-8: a line each, ended by LF, its cells separated by tabs.
 * They are the id as a uuid, occurred and received in milliseconds since 1970, action, version, the actor's id, type, name
 * and metadata, targets, location, user agent and metadata; targets and metadata as the JSON that was stored, what is
 * missing empty. `cellsOf` gives what the cells of one hold.
 */
export type Rows = Buffer;

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
): AsyncGenerator<Rows> {
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
    if (end > 0) yield rows.subarray(0, end);
    pieces = [rows.subarray(end)];
    bytes = rows.byteLength - end;
  }
  if (bytes > 0) yield Buffer.concat(pieces);
}

/** How many there are. */
export function countRows(rows: Rows): number {
  let count = 0;
  // A loop over the bytes takes ten times as long.
  for (let at = rows.indexOf(LINE_END); at !== -1; at = rows.indexOf(LINE_END, at + 1)) count += 1;
  return count;
}

/** All but the last. */
export function withoutLast(rows: Rows): Rows {
  return rows.subarray(0, startOfLast(rows));
}

/** Where the last of them stands. */
export function keyOfLast(rows: Rows): EventKey {
  const [uuid = "", occurredAt] = cellsOf(rows.subarray(startOfLast(rows)));
  return { uuid, occurredAt: new Date(Number(occurredAt)) };
}

function startOfLast(rows: Rows): number {
  return rows.lastIndexOf(LINE_END, rows.length - 2) + 1;
}

const WRITTEN: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** What the cells of one row hold, with COPY's escapes undone (https://www.postgresql.org/docs/current/sql-copy.html). */
export function cellsOf(row: Rows): string[] {
  return row.toString("utf8").split("\t").map(unescaped);
}

function unescaped(cell: string): string {
  return cell.includes("\\") ? cell.replaceAll(/\\(.)/g, (_, mark: string) => WRITTEN[mark] ?? mark) : cell;
}

/** The moment in a cell, as ISO-8601 in UTC. */
export function momentOf(cell = ""): string {
  return new Date(Number(cell)).toISOString();
}
