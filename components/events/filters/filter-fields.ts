import { EVENT_FILTER_FIELDS, FILTER_FIELDS, type FilterField } from "@/schemas/events/event-filter-fields";

export interface LabeledField {
  readonly field: FilterField;
  readonly label: string;
  readonly noun: string;
}

/** The filter fields with their labels, in display order. */
export const FIELDS: readonly LabeledField[] = FILTER_FIELDS.map((field) => {
  const { label, noun } = EVENT_FILTER_FIELDS[field];
  return { field, label, noun };
});
