import type { FilterField } from "@/schemas/event-filters";
import type { OrganizationScope } from "@/server/services";

/** Distinct values that a search looks through for the text within them; those that begin with it are always found. */
const LOOKED_THROUGH = 1_000;
/** Rows with more target types than have an index, of which the newest are looked at. */
const MANY_TYPED_ROWS = 200;
const PATIENCE = 5_000;

const EXPRESSIONS: Record<FilterField, readonly string[]> = {
  actions: ["e.action"],
  actorIds: ["e.actor_id"],
  actorNames: ["e.actor_name"],
  targetTypes: [1, 2, 3, 4, 5].map((position) => `e.target_types[${position}]`),
};

/**
 * Values that a filter of this field can have in the organization's events, in order: with `search`, those that begin
 * with it and then those that contain it (in any case) among the first thousand. For menus: bounded, so not always all.
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
  const jumps = EXPRESSIONS[field].map((expression) => {
    const next = (condition: string) =>
      `SELECT ${expression} AS value FROM log.event e WHERE e.organization_pk = $1 AND ${expression} ${condition} ORDER BY ${expression} LIMIT 1`;
    return `(WITH RECURSIVE jump AS (
        (SELECT first.value, 1 AS steps FROM (${next(">= $2::text")}) AS first)
        UNION ALL
        SELECT following.value, jump.steps + 1 FROM jump CROSS JOIN LATERAL (${next("> jump.value")}) AS following WHERE jump.steps < $3::int
      ) SELECT value FROM jump)`;
  });
  if (field === "targetTypes") {
    jumps.push(`(SELECT type FROM (SELECT e.target_types FROM log.event e WHERE e.organization_pk = $1 AND e.target_types[6] IS NOT NULL
      ORDER BY e.occurred_at DESC, e.id DESC LIMIT ${MANY_TYPED_ROWS}) AS many CROSS JOIN unnest(many.target_types) AS type WHERE type >= $2::text)`);
  }
  const rows = await scope.db.query<{ value: string }>(
    `SELECT value FROM (${jumps.join(" UNION ")}) AS found ORDER BY value LIMIT $3::int`,
    [scope.organization.pk, start, most],
    { timeout: PATIENCE },
  );
  return rows.map((row) => row.value);
}
