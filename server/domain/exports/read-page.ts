import type { EventKey } from "@/server/domain/events/event-key";
import { type EventSelection, eventSource, orderOf } from "@/server/domain/events/event-query";
import { Parameters } from "@/server/domain/events/parameters";
import type { Database } from "@/server/services";

/**
 * A row of the log as text, in the columns of the file: id as a uuid, moments in milliseconds since 1970, what is
 * missing empty, and so are the three columns that are made from the targets.
 */
export type ExportedEvent = [
  uuid: string,
  occurredAt: string,
  receivedAt: string,
  action: string,
  version: string,
  actorId: string,
  actorType: string,
  actorName: string,
  actorMetadata: string,
  targets: string,
  targetIds: string,
  targetTypes: string,
  targetNames: string,
  location: string,
  userAgent: string,
  metadata: string,
];

const COLUMNS = [
  "e.id::text",
  "(date_part('epoch', e.occurred_at) * 1000)::bigint::text",
  "(date_part('epoch', e.received_at) * 1000)::bigint::text",
  "e.action",
  "e.version::text",
  "e.actor_id",
  "e.actor_type",
  "coalesce(e.actor_name, '')",
  "coalesce(e.actor_metadata::text, '')",
  "e.targets::text",
  "''",
  "''",
  "''",
  "e.location",
  "coalesce(e.user_agent, '')",
  "coalesce(e.metadata::text, '')",
];

const ROW_END = "\u001e";
const CELL_END = "\u001f";

/** The next rows of a selection, at most `limit`, in its order. */
export async function readPage(db: Database, selection: EventSelection, limit: number): Promise<ExportedEvent[]> {
  const parameters = new Parameters();
  const source = eventSource(selection, limit, parameters);
  const order = orderOf(selection.order);
  const rows = `(SELECT e.* FROM ${source} ${order} LIMIT ${parameters.add(limit, "int")}) e`;
  // One text for the whole page: the driver's work per cell would cost more than all of the rest.
  const [page] = await db.query<{ count: number; text: string | null }>(
    `SELECT count(*)::int AS count, string_agg(concat_ws(E'\\x1f', ${COLUMNS.join(", ")}), E'\\x1e' ${order}) AS text FROM ${rows}`,
    parameters.values,
  );
  if (!page || page.text === null) return [];
  const events = page.text.split(ROW_END).map((row) => row.split(CELL_END));
  const whole = events.filter(isWhole);
  if (events.length === page.count && whole.length === page.count) return whole;

  // Some value holds a separator itself, which can only make more rows or cells than there are: read it cell by cell.
  const cells = await db.query<{ cells: string[] }>(
    `SELECT ARRAY[${COLUMNS.join(", ")}] AS cells FROM ${rows} ${order}`,
    parameters.values,
  );
  return cells.map((row) => row.cells).filter(isWhole);
}

/** Where a page's last row stands. */
export function keyOf(event: ExportedEvent): EventKey {
  return { uuid: event[0], occurredAt: new Date(Number(event[1])) };
}

function isWhole(cells: string[]): cells is ExportedEvent {
  return cells.length === COLUMNS.length;
}
