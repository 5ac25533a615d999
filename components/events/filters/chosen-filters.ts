import type { FilterField } from "@/schemas/events/event-filters";
import { MAX_FILTER_VALUES } from "@/schemas/limits";
import { FIELDS } from "./filter-fields";

type FieldValues = Readonly<Record<FilterField, string[]>>;

/** Everything but the range that narrows the events. */
export interface ChosenFilters {
  /** What to filter for. */
  readonly values: FieldValues;
  /** What to filter out. */
  readonly exclude: FieldValues;
  readonly search: string;
}

/** Whether a field's values are filtered for or out. */
export type FilterMode = "values" | "exclude";

const NO_VALUES: FieldValues = { actions: [], actorIds: [], actorNames: [], targetTypes: [], targetIds: [] };
export const NO_FILTERS: ChosenFilters = { values: NO_VALUES, exclude: NO_VALUES, search: "" };

export function hasFilters({ values, exclude, search }: ChosenFilters): boolean {
  return search !== "" || FIELDS.some(({ field }) => values[field].length + exclude[field].length > 0);
}

/** The field filtered for or out by just these values, which the other side then lacks: both at once would match nothing. */
export function withValues(
  { values, exclude }: ChosenFilters,
  side: FilterMode,
  field: FilterField,
  chosen: readonly string[],
): Pick<ChosenFilters, FilterMode> {
  const without = (list: readonly string[]) => list.filter((value) => !chosen.includes(value));
  return {
    values: { ...values, [field]: side === "values" ? [...chosen] : without(values[field]) },
    exclude: { ...exclude, [field]: side === "exclude" ? [...chosen] : without(exclude[field]) },
  };
}

/** Only events with this value of the field, whichever others were filtered for. Null where that is so already. */
export function filterFor(
  filters: ChosenFilters,
  field: FilterField,
  value: string,
): Pick<ChosenFilters, FilterMode> | null {
  const { values, exclude } = filters;
  const isSo = values[field].length === 1 && values[field][0] === value && !exclude[field].includes(value);
  return isSo ? null : withValues(filters, "values", field, [value]);
}

/** No event with this value of the field, in addition to what is filtered out. Null where that is so already, or no more fit. */
export function filterOut(
  filters: ChosenFilters,
  field: FilterField,
  value: string,
): Pick<ChosenFilters, FilterMode> | null {
  const out = filters.exclude[field];
  if (out.includes(value) || out.length >= MAX_FILTER_VALUES) return null;
  return withValues(filters, "exclude", field, [...out, value]);
}
