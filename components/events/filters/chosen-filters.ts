import { FILTER_FIELDS, perFilterField, type FilterField } from "@/schemas/events/event-filter-fields";
import { MAX_FILTER_VALUES } from "@/schemas/limits";

type FieldValues = Readonly<Record<FilterField, string[]>>;

/** All filters of a view except its time range. */
export interface ChosenFilters {
  readonly include: FieldValues;
  readonly exclude: FieldValues;
  readonly search: string;
}

/** Whether values are included (“is”) or excluded (“is not”). */
export type FilterMode = "include" | "exclude";

const NO_VALUES: FieldValues = perFilterField(() => []);
export const NO_FILTERS: ChosenFilters = { include: NO_VALUES, exclude: NO_VALUES, search: "" };

export function hasFilters({ include, exclude, search }: ChosenFilters): boolean {
  return search !== "" || FILTER_FIELDS.some((field) => include[field].length + exclude[field].length > 0);
}

export function hasExcluded({ exclude }: ChosenFilters): boolean {
  return FILTER_FIELDS.some((field) => exclude[field].length > 0);
}

/** Sets a field's included or excluded values and removes them from the other mode: both at once would match nothing. */
export function withValues(
  { include, exclude }: ChosenFilters,
  mode: FilterMode,
  field: FilterField,
  chosen: readonly string[],
): Pick<ChosenFilters, FilterMode> {
  const without = (list: readonly string[]) => list.filter((value) => !chosen.includes(value));
  return {
    include: { ...include, [field]: mode === "include" ? [...chosen] : without(include[field]) },
    exclude: { ...exclude, [field]: mode === "exclude" ? [...chosen] : without(exclude[field]) },
  };
}

/** Includes only this value of the field. Null if that changes nothing. */
export function filterFor(
  filters: ChosenFilters,
  field: FilterField,
  value: string,
): Pick<ChosenFilters, FilterMode> | null {
  const { include, exclude } = filters;
  const isSame = include[field].length === 1 && include[field][0] === value && !exclude[field].includes(value);
  return isSame ? null : withValues(filters, "include", field, [value]);
}

/** Excludes this value in addition to the ones already excluded. Null if it is already excluded or the field is full. */
export function filterOut(
  filters: ChosenFilters,
  field: FilterField,
  value: string,
): Pick<ChosenFilters, FilterMode> | null {
  const excluded = filters.exclude[field];
  if (excluded.includes(value) || excluded.length >= MAX_FILTER_VALUES) return null;
  return withValues(filters, "exclude", field, [...excluded, value]);
}
