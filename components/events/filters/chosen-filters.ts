import type { FilterField } from "@/schemas/events/event-filters";
import { MOST_VALUES } from "@/schemas/filter-limits";
import { FIELDS } from "./filter-fields";

type FieldValues = Readonly<Record<FilterField, string[]>>;

/** Everything but the range that narrows the events. */
export interface Narrowing {
  /** What to filter for. */
  readonly values: FieldValues;
  /** What to filter out. */
  readonly exclude: FieldValues;
  readonly search: string;
}

/** Whether a field's values are filtered for or out. */
export type Side = "values" | "exclude";

const NO_VALUES: FieldValues = { actions: [], actorIds: [], actorNames: [], targetTypes: [], targetIds: [] };
export const NOT_NARROWED: Narrowing = { values: NO_VALUES, exclude: NO_VALUES, search: "" };

export function isNarrowed({ values, exclude, search }: Narrowing): boolean {
  return search !== "" || FIELDS.some(({ field }) => values[field].length + exclude[field].length > 0);
}

/** The field filtered for or out by just these values, which the other side then lacks: both at once would match nothing. */
export function withValues(
  { values, exclude }: Narrowing,
  side: Side,
  field: FilterField,
  chosen: readonly string[],
): Pick<Narrowing, Side> {
  const without = (list: readonly string[]) => list.filter((value) => !chosen.includes(value));
  return {
    values: { ...values, [field]: side === "values" ? [...chosen] : without(values[field]) },
    exclude: { ...exclude, [field]: side === "exclude" ? [...chosen] : without(exclude[field]) },
  };
}

/** Only events with this value of the field, whichever others were filtered for. Null where that is so already. */
export function filterFor(narrowing: Narrowing, field: FilterField, value: string): Pick<Narrowing, Side> | null {
  const { values, exclude } = narrowing;
  const isSo = values[field].length === 1 && values[field][0] === value && !exclude[field].includes(value);
  return isSo ? null : withValues(narrowing, "values", field, [value]);
}

/** No event with this value of the field, in addition to what is filtered out. Null where that is so already, or no more fit. */
export function filterOut(narrowing: Narrowing, field: FilterField, value: string): Pick<Narrowing, Side> | null {
  const out = narrowing.exclude[field];
  if (out.includes(value) || out.length >= MOST_VALUES) return null;
  return withValues(narrowing, "exclude", field, [...out, value]);
}
