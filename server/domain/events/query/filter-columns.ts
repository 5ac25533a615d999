import type { FilterField } from "@/schemas/events/event-filter-fields";

/** The column of a row `e` that holds a field's values, and the indexes on (organization_pk, value, occurred_at, id). */
export type FilterColumn =
  | { readonly kind: "text"; readonly column: string; readonly isIndexed: boolean }
  | {
      /** A `text[]` column, with one value per target. */
      readonly kind: "array";
      readonly column: string;
      /**
       * How many elements at the start have an index of their own, at least 1. Rows with more elements are in a partial
       * index on (organization_pk, occurred_at, id).
       */
      readonly indexedElements: number;
      /** Whether a value usually has few events. Then a preview of the newest events would rarely fill a page. */
      readonly isSelective: boolean;
    };

/**
 * The columns of the filter fields, in order of preference: if two filters match equally many rows, the earlier one leads.
 * A text field without an index never leads, and its menu offers the values of the newest events only.
 */
export const FILTER_COLUMNS: Readonly<Record<FilterField, FilterColumn>> = {
  targetIds: { kind: "array", column: "e.target_ids", indexedElements: 2, isSelective: true },
  actorIds: { kind: "text", column: "e.actor_id", isIndexed: true },
  actorNames: { kind: "text", column: "e.actor_name", isIndexed: true },
  actions: { kind: "text", column: "e.action", isIndexed: true },
  targetTypes: { kind: "array", column: "e.target_types", indexedElements: 5, isSelective: false },
  // An index on its few values would cost ingest more than it saves reads.
  actorTypes: { kind: "text", column: "e.actor_type", isIndexed: false },
};

/** The fields that can lead, in order of preference. */
// The table has no keys besides its own.
export const INDEXED_FIELDS = (Object.keys(FILTER_COLUMNS) as FilterField[]).filter(
  (field) => indexedExpressions(field).length > 0,
);

/** Returns the SQL expressions that have an index: the column itself, or the first elements of an array. */
export function indexedExpressions(field: FilterField): string[] {
  const column = FILTER_COLUMNS[field];
  if (column.kind === "text") return column.isIndexed ? [column.column] : [];
  return Array.from({ length: column.indexedElements }, (_, n) => `${column.column}[${n + 1}]`);
}
