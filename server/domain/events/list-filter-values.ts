import type { FilterField } from "@/schemas/events/event-filter-fields";
import { foldCase } from "@/schemas/fold-case";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { FILTER_COLUMNS, indexedExpressions } from "@/server/domain/events/query/filter-columns";

/** A search checks this many distinct values for text that they contain. It always finds values that begin with it. */
const MAX_SEARCHED_VALUES = 1_000;
/** Of rows with more target types or IDs than have an index, this many are read, newest first. */
const RECENT_LONG_ARRAYS = 200;
/** For a field without an index, this many of the organization's rows are read, newest first. */
const RECENT_ROWS = 5_000;

/**
 * Lists values that the field has in the organization's events, sorted, for a menu. With `search`, values that begin with
 * it come first, then values that contain it (ignoring case) among the first 1,000. Reads are bounded, so the list can be
 * incomplete: a field without an index offers the values of the newest 5,000 events, and values beyond an event's first
 * five target types or two target IDs are found only in the newest 200 such events.
 */
export async function listFilterValues(
  scope: OrganizationScope,
  field: FilterField,
  request: { readonly search?: string | undefined; readonly limit: number },
): Promise<string[]> {
  const search = request.search ?? "";
  const beginning = await distinctValues(scope, field, search, search === "" ? request.limit + 1 : request.limit);
  const found = beginning.filter((value) => value !== "" && value.startsWith(search));
  if (search !== "" && found.length < request.limit) {
    const wanted = foldCase(search);
    const all = await distinctValues(scope, field, "", MAX_SEARCHED_VALUES);
    found.push(...all.filter((value) => foldCase(value).includes(wanted) && !value.startsWith(search)));
  }
  return found.slice(0, request.limit);
}

/** Returns the first `limit` distinct values from `start` on, sorted. */
async function distinctValues(
  scope: OrganizationScope,
  field: FilterField,
  start: string,
  limit: number,
): Promise<string[]> {
  const sources = [...indexedExpressions(field).map(jumpAlongIndex), ...recentValues(field)];
  const rows = await scope.db.query<{ value: string }>(
    `SELECT value FROM (${sources.join(" UNION ")}) AS found ORDER BY value LIMIT $3::int`,
    [scope.organization.pk, start, limit],
    { timeout: READ_TIMEOUT },
  );
  return rows.map((row) => row.value);
}

/** Reads distinct values by jumping along the index from each value to the next larger one. */
function jumpAlongIndex(expression: string): string {
  const next = (condition: string) =>
    `SELECT ${expression} AS value FROM log.event e WHERE e.organization_pk = $1 AND ${expression} ${condition} ORDER BY ${expression} LIMIT 1`;
  return `(WITH RECURSIVE jump AS (
      (SELECT first.value, 1 AS steps FROM (${next(">= $2::text")}) AS first)
      UNION ALL
      SELECT following.value, jump.steps + 1 FROM jump CROSS JOIN LATERAL (${next("> jump.value")}) AS following WHERE jump.steps < $3::int
    ) SELECT value FROM jump)`;
}

/** Reads the values that no index contains from recent rows. */
function recentValues(field: FilterField): string[] {
  const column = FILTER_COLUMNS[field];
  const newest = "ORDER BY e.occurred_at DESC, e.id DESC LIMIT";
  if (column.kind === "array")
    return [
      `(SELECT value FROM (SELECT ${column.column} AS values FROM log.event e WHERE e.organization_pk = $1 AND ${column.column}[${column.indexedElements + 1}] IS NOT NULL
      ${newest} ${RECENT_LONG_ARRAYS}) AS recent CROSS JOIN unnest(recent.values) AS value WHERE value >= $2::text)`,
    ];
  if (column.isIndexed) return [];
  return [
    `(SELECT DISTINCT value FROM (SELECT ${column.column} AS value FROM log.event e WHERE e.organization_pk = $1
      ${newest} ${RECENT_ROWS}) AS recent WHERE value >= $2::text)`,
  ];
}
