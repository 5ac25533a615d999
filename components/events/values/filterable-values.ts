import type { EventParty } from "@/schemas/events/event";
import { fieldOfValue, type FilterField, type PartyRole } from "@/schemas/events/event-filter-fields";

/** A value on screen that a filter can include or exclude. */
export interface FilterableValue {
  readonly field: FilterField;
  readonly value: string;
}

/** Number of targets that a table row names. */
export const SHOWN_TARGETS = 3;

/** The actor's name, if it has one, and its other values that filters exist for. */
export function actorValues(actor: EventParty): readonly FilterableValue[] {
  return partyValues("actor", [actor]);
}

/** The filterable values of the targets that a table row names, each once. */
export function targetValues(targets: readonly EventParty[]): readonly FilterableValue[] {
  return partyValues("target", targets.slice(0, SHOWN_TARGETS));
}

function partyValues(role: PartyRole, parties: readonly EventParty[]): FilterableValue[] {
  return (["name", "type", "id"] as const).flatMap((property) => {
    const field = fieldOfValue(`${role}.${property}`);
    if (!field) return [];
    const values = new Set(parties.map((party) => party[property]));
    return [...values].flatMap((value) => (value ? { field, value } : []));
  });
}
