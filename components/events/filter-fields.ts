import type { FilterField } from "@/schemas/event-filters";

interface FieldWords {
  readonly field: FilterField;
  /** On the filter's button. */
  readonly label: string;
  /** In a sentence: “where *action* is …”. */
  readonly noun: string;
}

/** The fields that events are filtered by, in the order of the screen. */
export const FIELDS: readonly FieldWords[] = [
  { field: "actions", label: "Action", noun: "action" },
  { field: "actorNames", label: "Actor name", noun: "actor name" },
  { field: "actorIds", label: "Actor ID", noun: "actor ID" },
  { field: "targetTypes", label: "Target type", noun: "target type" },
  { field: "targetIds", label: "Target ID", noun: "target ID" },
];
