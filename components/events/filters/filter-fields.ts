import type { FilterField } from "@/schemas/events/event-filters";

interface Words {
  /** On the filter's button. */
  readonly label: string;
  /** In a sentence: “where *action* is …”. */
  readonly noun: string;
}

export interface LabeledField extends Words {
  readonly field: FilterField;
}

export const FIELD_LABELS: Readonly<Record<FilterField, Words>> = {
  actions: { label: "Action", noun: "action" },
  actorNames: { label: "Actor name", noun: "actor name" },
  actorIds: { label: "Actor ID", noun: "actor ID" },
  targetTypes: { label: "Target type", noun: "target type" },
  targetIds: { label: "Target ID", noun: "target ID" },
};

const ORDER: readonly FilterField[] = ["actions", "actorNames", "actorIds", "targetTypes", "targetIds"];

/** The fields that events are filtered by, in the order of the screen. */
export const FIELDS: readonly LabeledField[] = ORDER.map((field) => ({ field, ...FIELD_LABELS[field] }));
