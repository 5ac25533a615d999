import { FILTER_FIELDS, type FilterField, perFilterField } from "@/schemas/events/event-filter-fields";
import type { EventFilters } from "@/schemas/events/event-filters";
import type { Database, QueryOptions } from "@/server/kernel/ports/database";
import type { EventKey } from "./event-key";
import { eventSource } from "./event-source";
import { FILTER_COLUMNS, INDEXED_FIELDS } from "./filter-columns";
import { Parameters } from "./parameters";

/** At most this many rows are counted per filter. Filters that reach it count as equally frequent. */
export const MAX_COUNTED_ROWS = 2001;

const NO_VALUES = perFilterField(() => []);

export interface CountedFilter {
  readonly field: FilterField;
  /** How many rows of the range match the filter, up to `MAX_COUNTED_ROWS`. */
  readonly rows: number;
}

/** Returns the filters in use that can lead, in order of preference. */
export function leadingCandidates(filters: EventFilters): FilterField[] {
  return INDEXED_FIELDS.filter((field) => filters[field].length > 0);
}

/**
 * Finds the filter that matches the fewest rows of the range, by counting the rows of each up to a limit.
 * @param options.after counts only rows after this one, newest first
 * @returns null if no filter in use has an index
 */
export async function rarestFilter(
  db: Database,
  organizationPk: number,
  filters: EventFilters,
  options: QueryOptions & { readonly after?: EventKey | null } = {},
): Promise<CountedFilter | null> {
  const fields = leadingCandidates(filters);
  if (fields.length === 0) return null;

  const parameters = new Parameters();
  const counts = fields.map((field) => {
    const alone = { ...filters, ...NO_VALUES, exclude: NO_VALUES, search: "", [field]: filters[field] };
    const selection = {
      organizationPk,
      filters: alone,
      order: "newest first",
      after: options.after ?? null,
      receivedBefore: null,
      leadingFilter: field,
    } as const;
    const source = eventSource(selection, MAX_COUNTED_ROWS, parameters);
    return `(SELECT count(*) FROM (SELECT FROM ${source} LIMIT ${MAX_COUNTED_ROWS}) AS counted)::int`;
  });
  const statement = `SELECT ARRAY[${counts.join(", ")}] AS counts`;
  const [row] = await db.query<{ counts: number[] }>(statement, parameters.values, options);
  const found = fields.map((field, n) => ({ field, rows: row?.counts[n] ?? MAX_COUNTED_ROWS }));
  return found.reduce((rarest, each) => (each.rows < rarest.rows ? each : rarest));
}

/** Chooses the leading filter: the rarest one. If there is only one candidate, it is not counted. */
export async function chooseLeadingFilter(
  db: Database,
  organizationPk: number,
  filters: EventFilters,
  options?: QueryOptions & { readonly after?: EventKey | null },
): Promise<FilterField | null> {
  const [first = null, second] = leadingCandidates(filters);
  if (second === undefined) return first;
  return (await rarestFilter(db, organizationPk, filters, options))?.field ?? null;
}

/**
 * Whether the index of the leading filter (or the index on time, if null) returns all matching rows and no others, in
 * order of time. Otherwise rows must be checked one by one.
 */
export function isAnsweredByIndex({ exclude, search, ...filters }: EventFilters, leadingFilter: FilterField | null) {
  const isChecked = (field: FilterField) =>
    exclude[field].length > 0 || (field !== leadingFilter && filters[field].length > 0);
  const isOrdered = leadingFilter === null || FILTER_COLUMNS[leadingFilter].kind === "text";
  return search === "" && isOrdered && !FILTER_FIELDS.some(isChecked);
}
