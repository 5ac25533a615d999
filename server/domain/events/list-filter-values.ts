import type { FilterField } from "@/schemas/events/event-filter-fields";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { ARRAY_COLUMN, COLUMN } from "@/server/domain/events/query/event-conditions";
import { INDEXED_POSITIONS } from "@/server/domain/events/query/event-source";

/** Distinct values that a search looks through for the text within them; those that begin with it are always found. */
const LOOKED_THROUGH = 1_000;
/** Rows with more target types or ids than have an index, of which the newest are looked at. */
const CROWDED_ROWS = 200;

/**
 * Values that a filter of this field can have in the organization's events, in order: with `search`, those that begin
 * with it and then those that contain it (in any case) among the first thousand. For menus: bounded, so not always all.
 * Of events with more targets than have an index (five types, two ids) only the two hundred most recent are looked at.
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
    const wanted = search.toLowerCase();
    const all = await distinctValues(scope, field, "", LOOKED_THROUGH);
    found.push(...all.filter((value) => value.toLowerCase().includes(wanted) && !value.startsWith(search)));
  }
  return found.slice(0, request.limit);
}

/** The first `most` distinct values from `start` on, by jumping along the index from one value to the next. */
async function distinctValues(
  scope: OrganizationScope,
  field: FilterField,
  start: string,
  most: number,
): Promise<string[]> {
  const many = field === "targetTypes" || field === "targetIds" ? field : null;
  const jumps = expressionsOf(field).map((expression) => {
    const next = (condition: string) =>
      `SELECT ${expression} AS value FROM log.event e WHERE e.organization_pk = $1 AND ${expression} ${condition} ORDER BY ${expression} LIMIT 1`;
    return `(WITH RECURSIVE jump AS (
        (SELECT first.value, 1 AS steps FROM (${next(">= $2::text")}) AS first)
        UNION ALL
        SELECT following.value, jump.steps + 1 FROM jump CROSS JOIN LATERAL (${next("> jump.value")}) AS following WHERE jump.steps < $3::int
      ) SELECT value FROM jump)`;
  });
  if (many) {
    const column = ARRAY_COLUMN[many];
    const beyond = INDEXED_POSITIONS[many] + 1;
    jumps.push(`(SELECT value FROM (SELECT ${column} AS values FROM log.event e WHERE e.organization_pk = $1 AND ${column}[${beyond}] IS NOT NULL
      ORDER BY e.occurred_at DESC, e.id DESC LIMIT ${CROWDED_ROWS}) AS crowded CROSS JOIN unnest(crowded.values) AS value WHERE value >= $2::text)`);
  }
  const rows = await scope.db.query<{ value: string }>(
    `SELECT value FROM (${jumps.join(" UNION ")}) AS found ORDER BY value LIMIT $3::int`,
    [scope.organization.pk, start, most],
    { timeout: READ_TIMEOUT },
  );
  return rows.map((row) => row.value);
}

function expressionsOf(field: FilterField): readonly string[] {
  if (field !== "targetTypes" && field !== "targetIds") return [COLUMN[field]];
  return Array.from({ length: INDEXED_POSITIONS[field] }, (_, n) => `${ARRAY_COLUMN[field]}[${n + 1}]`);
}
