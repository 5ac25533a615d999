import { FILTER_FIELDS, type FilterField } from "@/schemas/events/event-filter-fields";
import type { EventFilters } from "@/schemas/events/event-filters";
import type { Database, QueryOptions } from "@/server/kernel/ports/database";
import type { EventKey } from "./event-key";
import { eventSource } from "./event-source";
import { Parameters } from "./parameters";

/** Rows beyond which one filter is as frequent as another. */
export const MANY = 2001;

/** Where two filters are as frequent as one another, the earlier is taken. */
const PREFERENCE: readonly FilterField[] = ["targetIds", "actorIds", "actorNames", "actions", "targetTypes"];

const NO_VALUES = { actions: [], actorIds: [], actorNames: [], targetTypes: [], targetIds: [] };

/** A filter, and how many rows of the range it has: exactly, below 2,001. */
export interface CountedFilter {
  readonly field: FilterField;
  readonly rows: number;
}

/**
 * The filter with the fewest rows in the range (and, newest first, after a row), by counting each up to a cap; null when
 * nothing is filtered by a value that an index knows.
 */
export async function rarestFilter(
  db: Database,
  organizationPk: number,
  filters: EventFilters,
  options: QueryOptions & { readonly after?: EventKey | null } = {},
): Promise<CountedFilter | null> {
  const fields = PREFERENCE.filter((field) => filters[field].length > 0);
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
      driver: field,
    } as const;
    return `(SELECT count(*) FROM (SELECT FROM ${eventSource(selection, MANY, parameters)} LIMIT ${MANY}) AS counted)::int`;
  });
  const statement = `SELECT ARRAY[${counts.join(", ")}] AS counts`;
  const [row] = await db.query<{ counts: number[] }>(statement, parameters.values, options);
  const found = fields.map((field, n) => ({ field, rows: row?.counts[n] ?? MANY }));
  return found.reduce((rarest, each) => (each.rows < rarest.rows ? each : rarest));
}

/** The filter to read by: the rarest, or the only one, uncounted. */
export async function chooseDriver(
  db: Database,
  organizationPk: number,
  filters: EventFilters,
  options?: QueryOptions & { readonly after?: EventKey | null },
): Promise<FilterField | null> {
  const fields = FILTER_FIELDS.filter((field) => filters[field].length > 0);
  return fields.length > 1
    ? ((await rarestFilter(db, organizationPk, filters, options))?.field ?? null)
    : (fields[0] ?? null);
}

/** The filter whose index answers the whole question in order of time; undefined where rows must be looked at one by one. */
export function onlyDriver({ exclude, search, ...filters }: EventFilters): FilterField | null | undefined {
  if (search !== "" || FILTER_FIELDS.some((field) => exclude[field].length > 0)) return undefined;
  const [first = null, second] = FILTER_FIELDS.filter((field) => filters[field].length > 0);
  return second !== undefined || first === "targetTypes" || first === "targetIds" ? undefined : first;
}
