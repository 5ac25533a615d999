import type { EventParty } from "@/schemas/events/event";
import type { FilterField } from "@/schemas/events/event-filters";

/** A value on screen that events can be filtered for or out by. */
export interface FilterableValue {
  readonly field: FilterField;
  readonly value: string;
}

/** As many targets as a row names. */
export const SHOWN_TARGETS = 3;

/** What an actor is known by: its name, where it has one, and its id. */
export function actorValues({ id, name }: EventParty): readonly FilterableValue[] {
  return [...(name ? [{ field: "actorNames", value: name } as const] : []), { field: "actorIds", value: id }];
}

/** The types and ids of the first targets, each once. */
export function targetValues(targets: readonly EventParty[]): readonly FilterableValue[] {
  const shown = targets.slice(0, SHOWN_TARGETS);
  const distinct = (field: FilterField, values: readonly string[]) =>
    [...new Set(values)].map((value) => ({ field, value }));
  return [
    ...distinct(
      "targetTypes",
      shown.map(({ type }) => type),
    ),
    ...distinct(
      "targetIds",
      shown.map(({ id }) => id),
    ),
  ];
}
