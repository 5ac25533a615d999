import type { FilterField } from "@/schemas/events/event-filter-fields";
import type { EventFilters } from "@/schemas/events/event-filters";
import { filterConditions, rangeConditions } from "./event-conditions";
import { type EventSelection, orderBy } from "./event-selection";
import { FILTER_COLUMNS, indexedExpressions } from "./filter-columns";
import type { Parameters } from "./parameters";

/** Each probe of a bounded source may scan at least this many rows, however many probes there are. */
const MIN_ROWS_PER_PROBE = 50;

/**
 * Returns a table expression named `e` that contains the first `limit` rows of the selection, each row once, and possibly
 * more. It reads the leading filter's index with one ordered probe per value, each of at most `limit` rows, because
 * `= ANY` would read and sort all of their rows. Without a limit it contains exactly the selection, unordered.
 */
export function eventSource(selection: EventSelection, limit: number | null, parameters: Parameters): string {
  const first = limit === null ? "" : ` ${orderBy(selection.order)} LIMIT ${parameters.add(limit, "int")}`;
  return union(selection, parameters, rangeConditions(selection, parameters), ({ indexed, checked }) => {
    const conditions = [...indexed, ...checked].join(" AND ");
    return `(SELECT e.* FROM log.event e WHERE ${conditions}${first})`;
  });
}

/**
 * Like `eventSource`, but all probes together scan about `bound` rows at most. Rows have two additional columns:
 * `matches` (whether the selection contains the row) and `scanned` (the number of rows that its probe had scanned by then).
 * A row with `scanned` = `stop` means that its probe stopped early: matching rows beyond that one can be missing.
 */
export function boundedSource(
  selection: EventSelection,
  { limit, bound }: { readonly limit: number; readonly bound: number },
  parameters: Parameters,
  range: readonly string[] = rangeConditions(selection, parameters),
): { readonly source: string; readonly stop: number } {
  const order = orderBy(selection.order);
  const probes = countProbes(selection.filters, selection.leadingFilter);
  const stop = Math.max(MIN_ROWS_PER_PROBE, Math.floor(bound / probes));
  const source = union(selection, parameters, range, ({ indexed, checked }) => {
    const rows = `FROM log.event e WHERE ${indexed.join(" AND ")}`;
    if (checked.length === 0)
      return `(SELECT e.*, 0::bigint AS scanned, true AS matches ${rows} ${order} LIMIT ${limit})`;
    const matches = `coalesce(${checked.join(" AND ")}, false)`;
    return `(SELECT e.*, ${matches} AS matches FROM (
        SELECT e.*, row_number() OVER (${order}) AS scanned ${rows} ${order} LIMIT ${stop}
      ) e WHERE ${matches} OR e.scanned = ${stop} ${order} LIMIT ${limit})`;
  });
  return { source, stop };
}

/** Returns a table expression with those of the range's first `bound` rows that match the filters, at most `limit`. */
export function previewSource(
  selection: Omit<EventSelection, "leadingFilter">,
  { limit, bound }: { readonly limit: number; readonly bound: number },
  parameters: Parameters,
): string {
  const order = orderBy(selection.order);
  const range = rangeConditions({ ...selection, leadingFilter: null }, parameters).join(" AND ");
  const matches = filterConditions({ ...selection, leadingFilter: null }, parameters).join(" AND ");
  return `(SELECT e.* FROM (SELECT e.* FROM log.event e WHERE ${range} ${order} LIMIT ${bound}) e WHERE ${matches} ${order} LIMIT ${limit}) e`;
}

/** Returns how many ordered probes a source needs with this leading filter. */
export function countProbes(filters: EventFilters, leadingFilter: FilterField | null): number {
  if (leadingFilter === null) return 1;
  const indexed = filters[leadingFilter].length * indexedExpressions(leadingFilter).length;
  return FILTER_COLUMNS[leadingFilter].kind === "array" ? indexed + 1 : indexed;
}

interface Probe {
  /** Conditions that an index answers in order of time. */
  readonly indexed: readonly string[];
  /** Conditions that are checked row by row. */
  readonly checked: readonly string[];
}

/** Returns a table expression with the rows of all probes. `write` returns the table expression of one probe. */
function union(
  selection: EventSelection,
  parameters: Parameters,
  range: readonly string[],
  write: (probe: Probe) => string,
): string {
  const { leadingFilter, filters } = selection;
  const checked = filterConditions(selection, parameters);
  if (leadingFilter === null) return `${write({ indexed: range, checked })} e`;

  const { kind, column } = FILTER_COLUMNS[leadingFilter];
  const wanted = parameters.add(filters[leadingFilter], "text[]");
  // A row that has several of the wanted values in its array is found only by the first of them.
  const notBefore = (element: number) => (element === 0 ? [] : [`NOT ${column}[1:${element}] && ${wanted}`]);
  const expressions = indexedExpressions(leadingFilter);
  const perValue = expressions.map((expression, n) => {
    const probe = write({
      indexed: [`${expression} = wanted.value`, ...range],
      checked: [...notBefore(n), ...checked],
    });
    return `SELECT e.* FROM unnest(${wanted}) AS wanted(value) CROSS JOIN LATERAL ${probe} e`;
  });
  if (kind === "text") return `(${perValue.join(" UNION ALL ")}) e`;

  const rest = write({
    indexed: [`${column}[${expressions.length + 1}] IS NOT NULL`, `${column} && ${wanted}`, ...range],
    checked: [...notBefore(expressions.length), ...checked],
  });
  return `(${perValue.join(" UNION ALL ")} UNION ALL SELECT e.* FROM ${rest} e) e`;
}
