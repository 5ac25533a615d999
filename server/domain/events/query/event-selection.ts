import type { FilterField } from "@/schemas/events/event-filter-fields";
import type { EventFilters } from "@/schemas/events/event-filters";
import type { EventKey } from "./event-key";

/** Describes which rows a list, a count or an export reads, in which order, and after which row. */
export interface EventSelection {
  readonly organizationPk: number;
  readonly filters: EventFilters;
  readonly order: "newest first" | "oldest first";
  /** The row before the first one to read, or null to start at the beginning. */
  readonly after: EventKey | null;
  /** Selects only rows received before this time, or all if null. */
  readonly receivedBefore: Date | null;
  /** The filter whose index is read. If null, the index on time is read, over the organization's whole range. */
  readonly leadingFilter: FilterField | null;
}

/**
 * Returns the ORDER BY clause for rows named `e`. It names the table, because PostgreSQL would otherwise sort by an output
 * column with the same name.
 */
export function orderBy(order: EventSelection["order"]): string {
  const direction = order === "newest first" ? "DESC" : "ASC";
  return `ORDER BY e.occurred_at ${direction}, e.id ${direction}`;
}
