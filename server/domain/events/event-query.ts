import type { EventFilters, FilterField } from "@/schemas/event-filters";
import type { EventKey } from "./event-key";

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

/** Gathers the values of a statement; answers the placeholder of each. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown, type: string): string {
    return `$${this.values.push(value)}::${type}`;
  }

  time(value: Date): string {
    return this.add(value.toISOString(), "timestamptz");
  }
}

const COLUMN = { actions: "e.action", actorIds: "e.actor_id", actorNames: "e.actor_name" } as const;
/** How many target types of a row have an index of their own, by position. */
const INDEXED_POSITIONS = 5;

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
  const { driver, filters } = selection;
  const common = conditions(selection, parameters);
  const first = limit === null ? "" : ` ${orderOf(selection.order)} LIMIT ${parameters.add(limit, "int")}`;
  const probe = (condition: string) =>
    `(SELECT e.* FROM log.event e WHERE ${[condition, ...common].join(" AND ")}${first})`;
  if (driver === null) return `${probe("true")} e`;

  const wanted = parameters.add(filters[driver], "text[]");
  const perValue = (condition: string) =>
    `SELECT e.* FROM unnest(${wanted}) AS wanted(value) CROSS JOIN LATERAL ${probe(condition)} e`;
  if (driver !== "targetTypes") return `(${perValue(`${COLUMN[driver]} = wanted.value`)}) e`;

  // A row with several wanted types is found by the first of them only.
  const notBefore = (position: number) =>
    position === 1 ? "" : ` AND NOT e.target_types[1:${position - 1}] && ${wanted}`;
  const positions = Array.from({ length: INDEXED_POSITIONS }, (_, n) =>
    perValue(`e.target_types[${n + 1}] = wanted.value${notBefore(n + 1)}`),
  );
  const beyond = INDEXED_POSITIONS + 1;
  const rest = probe(`e.target_types[${beyond}] IS NOT NULL AND e.target_types && ${wanted}${notBefore(beyond)}`);
  return `(${positions.join(" UNION ALL ")} UNION ALL ${rest}) e`;
}

/** How many ordered probes `eventSource` makes for a driver. */
export function probesOf(filters: EventFilters, driver: FilterField): number {
  return driver === "targetTypes" ? filters[driver].length * INDEXED_POSITIONS + 1 : filters[driver].length;
}

function conditions(selection: EventSelection, parameters: Parameters): string[] {
  const { filters, after, receivedBefore, driver } = selection;
  const list = [`e.organization_pk = ${parameters.add(selection.organizationPk, "int")}`];
  const from = parameters.time(filters.from);
  if (filters.from.getTime() === filters.to.getTime()) list.push(`e.occurred_at = ${from}`);
  else list.push(`e.occurred_at >= ${from}`, `e.occurred_at < ${parameters.time(filters.to)}`);

  if (after) {
    const sign = selection.order === "newest first" ? "<" : ">";
    const occurredAt = parameters.time(after.occurredAt);
    // The second says nothing new, but partitions are left out by a plain comparison only.
    list.push(
      `(e.occurred_at, e.id) ${sign} (${occurredAt}, ${parameters.add(after.uuid, "uuid")})`,
      `e.occurred_at ${sign}= ${occurredAt}`,
    );
  }
  if (receivedBefore) list.push(`e.received_at < ${parameters.time(receivedBefore)}`);

  for (const field of ["actions", "actorIds", "actorNames"] as const) {
    if (field === driver || filters[field].length === 0) continue;
    // Concatenated, so that no index on the column is thought of: its rows would be sorted anew for every page.
    list.push(`${COLUMN[field]} || '' = ANY(${parameters.add(filters[field], "text[]")})`);
  }
  if (driver !== "targetTypes" && filters.targetTypes.length > 0) {
    list.push(`e.target_types && ${parameters.add(filters.targetTypes, "text[]")}`);
  }
  return list;
}
