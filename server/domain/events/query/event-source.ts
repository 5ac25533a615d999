import type { FilterField } from "@/schemas/events/event-filter-fields";
import type { EventFilters } from "@/schemas/events/event-filters";
import { ARRAY_COLUMN, COLUMN, filterConditions, rangeConditions } from "./event-conditions";
import type { EventKey } from "./event-key";
import type { Parameters } from "./parameters";

/** Which rows, in which order, from where on. The one description behind lists, counts and files. */
export interface EventSelection {
  readonly organizationPk: number;
  readonly filters: EventFilters;
  readonly order: "newest first" | "oldest first";
  /** The row after which to go on, or null to begin. */
  readonly after: EventKey | null;
  /** Only rows received before it, or null for all. */
  readonly receivedBefore: Date | null;
  /** The filter whose index is read; null reads the organization's range in order of time. */
  readonly driver: FilterField | null;
}

/** How many of a row's target types and ids have an index of their own, by position. */
export const INDEXED_POSITIONS = { targetTypes: 5, targetIds: 2 } as const;
/** Rows that each probe of a bounded source may look at, however many there are. */
const FEWEST = 50;

/** ORDER BY for rows named `e`: with the table's name, since an output column of the same name would take the sort over. */
export function orderOf(order: EventSelection["order"]): string {
  const direction = order === "newest first" ? "DESC" : "ASC";
  return `ORDER BY e.occurred_at ${direction}, e.id ${direction}`;
}

/**
 * A table expression named `e` that holds, among others, the first `limit` rows of the selection, each row once. One
 * ordered probe per wanted value of the driver, each of at most `limit` rows: `= ANY` would read and sort them all.
 * Without a limit it holds exactly the selection, in no order.
 */
export function eventSource(selection: EventSelection, limit: number | null, parameters: Parameters): string {
  const first = limit === null ? "" : ` ${orderOf(selection.order)} LIMIT ${parameters.add(limit, "int")}`;
  return union(selection, parameters, rangeConditions(selection, parameters), ({ indexed, others }) => {
    const conditions = [...indexed, ...others].join(" AND ");
    return `(SELECT e.* FROM log.event e WHERE ${conditions}${first})`;
  });
}

/**
 * The same for someone who waits: all its probes together look at about `bound` rows and no more. Its rows have two
 * columns more: `matches`, whether the row is of the selection, and `looked`, how many rows its probe had looked at by
 * then. Where that equals `stop` the probe has ended early, and rows beyond it in the order may be missing.
 */
export function boundedSource(
  selection: EventSelection,
  { limit, bound }: { readonly limit: number; readonly bound: number },
  parameters: Parameters,
  range: readonly string[] = rangeConditions(selection, parameters),
): { readonly source: string; readonly stop: number } {
  const order = orderOf(selection.order);
  const stop = Math.max(FEWEST, Math.floor(bound / probesOf(selection.filters, selection.driver)));
  const source = union(selection, parameters, range, ({ indexed, others }) => {
    const rows = `FROM log.event e WHERE ${indexed.join(" AND ")}`;
    if (others.length === 0)
      return `(SELECT e.*, 0::bigint AS looked, true AS matches ${rows} ${order} LIMIT ${limit})`;
    const matches = `coalesce(${others.join(" AND ")}, false)`;
    return `(SELECT e.*, ${matches} AS matches FROM (
        SELECT e.*, row_number() OVER (${order}) AS looked ${rows} ${order} LIMIT ${stop}
      ) e WHERE ${matches} OR e.looked = ${stop} ${order} LIMIT ${limit})`;
  });
  return { source, stop };
}

/** The selection's first rows, at most `limit`, if they are among the first `bound` of all in the range; fewer otherwise. */
export function nearestSource(
  selection: Omit<EventSelection, "driver">,
  { limit, bound }: { readonly limit: number; readonly bound: number },
  parameters: Parameters,
): string {
  const order = orderOf(selection.order);
  const range = rangeConditions({ ...selection, driver: null }, parameters).join(" AND ");
  const matches = filterConditions({ ...selection, driver: null }, parameters).join(" AND ");
  return `(SELECT e.* FROM (SELECT e.* FROM log.event e WHERE ${range} ${order} LIMIT ${bound}) e WHERE ${matches} ${order} LIMIT ${limit}) e`;
}

/** How many ordered probes a source makes for a driver. */
export function probesOf(filters: EventFilters, driver: FilterField | null): number {
  if (driver === null) return 1;
  const values = filters[driver].length;
  return driver === "targetTypes" || driver === "targetIds" ? values * INDEXED_POSITIONS[driver] + 1 : values;
}

/** What a probe asks of a row: what its index answers in order of time, and what is looked at row by row. */
interface Probe {
  readonly indexed: readonly string[];
  readonly others: readonly string[];
}

/** All probes of a selection, each written out by `write`, as one table expression. */
function union(
  selection: EventSelection,
  parameters: Parameters,
  range: readonly string[],
  write: (probe: Probe) => string,
): string {
  const { driver, filters } = selection;
  const others = filterConditions(selection, parameters);
  if (driver === null) return `${write({ indexed: range, others })} e`;

  const wanted = parameters.add(filters[driver], "text[]");
  const perValue = (column: string, more: readonly string[] = []) => {
    const probe = write({ indexed: [`${column} = wanted.value`, ...range], others: [...more, ...others] });
    return `SELECT e.* FROM unnest(${wanted}) AS wanted(value) CROSS JOIN LATERAL ${probe} e`;
  };
  if (driver !== "targetTypes" && driver !== "targetIds") return `(${perValue(COLUMN[driver])}) e`;

  const column = ARRAY_COLUMN[driver];
  const count = INDEXED_POSITIONS[driver];
  // A row with several of the wanted values is found by the first of them only.
  const notBefore = (position: number) => (position === 1 ? [] : [`NOT ${column}[1:${position - 1}] && ${wanted}`]);
  const positions = Array.from({ length: count }, (_, n) => perValue(`${column}[${n + 1}]`, notBefore(n + 1)));
  const rest = write({
    indexed: [`${column}[${count + 1}] IS NOT NULL`, `${column} && ${wanted}`, ...range],
    others: [...notBefore(count + 1), ...others],
  });
  return `(${positions.join(" UNION ALL ")} UNION ALL SELECT e.* FROM ${rest} e) e`;
}
