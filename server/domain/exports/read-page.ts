import type { EventKey } from "@/server/domain/events/event-key";
import { type EventSelection, eventSource, orderOf } from "@/server/domain/events/event-query";
import { Parameters } from "@/server/domain/events/parameters";
import type { Database, QueryOptions } from "@/server/services";

/**
 * Cells that stand beside each other in the file and often come together: one text, so that what has been written for
 * it can be written again, or each by itself where a value holds the character that separates them.
 */
export type CellGroup = string | readonly string[];

/**
 * A row of the log as text, in the order of the file: id as a uuid, moments in milliseconds since 1970, targets and
 * metadata as the JSON that was stored, what is missing empty.
 */
export interface ExportedEvent {
  readonly uuid: string;
  readonly occurredAt: string;
  readonly receivedAt: string;
  /** Action and its version. */
  readonly action: CellGroup;
  /** Id, type, name and metadata. */
  readonly actor: CellGroup;
  readonly targets: string;
  /** Location and user agent. */
  readonly context: CellGroup;
  readonly metadata: string;
}

const SINGLE = {
  uuid: "e.id::text",
  occurredAt: "(date_part('epoch', e.occurred_at) * 1000)::bigint::text",
  receivedAt: "(date_part('epoch', e.received_at) * 1000)::bigint::text",
  targets: "e.targets::text",
  metadata: "coalesce(e.metadata::text, '')",
};
const ACTION = ["e.action", "e.version::text"];
const ACTOR = ["e.actor_id", "e.actor_type", "coalesce(e.actor_name, '')", "coalesce(e.actor_metadata::text, '')"];
const CONTEXT = ["e.location", "coalesce(e.user_agent, '')"];

const [ROW_END, PIECE_END, CELL_END] = ["\u001e", "\u001f", "\u001d"];
const joined = (cells: string[], character: string) => cells.join(` || ${character} || `);
const group = (cells: string[]) => joined(cells, String.raw`E'\x1d'`);
const { uuid, occurredAt, receivedAt, targets, metadata } = SINGLE;
const PIECES = [uuid, occurredAt, receivedAt, group(ACTION), group(ACTOR), targets, group(CONTEXT), metadata];
const ROW = joined(PIECES, String.raw`E'\x1f'`);
/** How many there are between the cells of a row's groups. */
const CELL_ENDS = [ACTION, ACTOR, CONTEXT].reduce((sum, cells) => sum + cells.length - 1, 0);

/** The next rows of a selection, at most `limit`, in its order. */
export async function readPage(
  db: Database,
  selection: EventSelection,
  limit: number,
  options?: QueryOptions,
): Promise<ExportedEvent[]> {
  const parameters = new Parameters();
  const source = eventSource(selection, limit, parameters);
  const order = orderOf(selection.order);
  const rows = `(SELECT e.* FROM ${source} ${order} LIMIT ${parameters.add(limit, "int")}) e`;
  // One text for the whole page: the driver's work per cell would cost more than all of the rest.
  const [page] = await db.query<{ count: number; text: string | null }>(
    String.raw`SELECT count(*)::int AS count, string_agg(${ROW}, E'\x1e' ${order}) AS text FROM ${rows}`,
    parameters.values,
    options,
  );
  if (!page || page.text === null) return [];
  const pieces = page.text.split(ROW_END).map((row) => row.split(PIECE_END));
  // A value that holds a separator can only make more of them than there should be; then each cell is read by itself.
  const whole =
    pieces.length === page.count &&
    pieces.every((row) => row.length === PIECES.length) &&
    countOf(CELL_END, page.text) === page.count * CELL_ENDS;
  return whole ? pieces.map(fromPieces) : readCells(db, `${rows} ${order}`, parameters.values);
}

/** Where a page's last row stands. */
export function keyOf(event: ExportedEvent): EventKey {
  return { uuid: event.uuid, occurredAt: new Date(Number(event.occurredAt)) };
}

/** A group's cells in their order. */
export function cellsOf(cells: CellGroup): readonly string[] {
  return typeof cells === "string" ? cells.split(CELL_END) : cells;
}

function fromPieces(row: readonly string[]): ExportedEvent {
  const [id = "", occurred = "", received = "", action = "", actor = "", json = "", context = "", data = ""] = row;
  return {
    uuid: id,
    occurredAt: occurred,
    receivedAt: received,
    action,
    actor,
    targets: json,
    context,
    metadata: data,
  };
}

async function readCells(db: Database, source: string, values: readonly unknown[]): Promise<ExportedEvent[]> {
  const single = Object.entries(SINGLE).map(([name, expression]) => `${expression} AS "${name}"`);
  const groups = Object.entries({ action: ACTION, actor: ACTOR, context: CONTEXT });
  const arrays = groups.map(([name, cells]) => `ARRAY[${cells.join(", ")}] AS "${name}"`);
  return db.query<ExportedEvent>(`SELECT ${[...single, ...arrays].join(", ")} FROM ${source}`, values);
}

function countOf(character: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}
