"use client";

import { parseAsIsoDateTime, parseAsNativeArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { EventFiltersInput, FilterField } from "@/schemas/event-filters";
import { PRESET_NAMES, resolveRange, type TimeRange } from "@/components/time/time-range";
import { ZONES, type Zone } from "@/components/time/zone";
import { FIELDS } from "./filter-fields";

/** What is looked at: a range, values per field, and the zone in which it is spelt. */
export interface EventView {
  readonly range: TimeRange;
  readonly values: Readonly<Record<FilterField, string[]>>;
  readonly zone: Zone;
}

const list = parseAsNativeArrayOf(parseAsString);

const parameters = {
  range: parseAsStringLiteral(PRESET_NAMES).withDefault("30d"),
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
  actions: list,
  actorIds: list,
  actorNames: list,
  targetTypes: list,
  targetIds: list,
  zone: parseAsStringLiteral(ZONES).withDefault("local"),
};

/** How the parameters are called in the address. */
const urlKeys = {
  actions: "action",
  actorIds: "actor_id",
  actorNames: "actor",
  targetTypes: "target_type",
  targetIds: "target",
} as const;

/** The view that the address describes, and the way to another; so that a view can be sent to a colleague and “back” undoes. */
export function useEventView(): readonly [EventView, (change: Partial<EventView>) => void] {
  const [state, setState] = useQueryStates(parameters, { urlKeys, history: "push" });
  const { range, from, to, zone, ...values } = state;
  const fixed = from && to && from <= to;
  const view: EventView = {
    range: fixed ? { kind: "fixed", from, to } : { kind: "preset", preset: range },
    values,
    zone,
  };
  const change = (next: Partial<EventView>) => {
    void setState({
      ...next.values,
      ...(next.zone && { zone: next.zone }),
      ...(next.range?.kind === "fixed" && { range: null, from: next.range.from, to: next.range.to }),
      ...(next.range?.kind === "preset" && { range: next.range.preset, from: null, to: null }),
    });
  };
  return [view, change];
}

/** The view as the server takes it, with its range as of `now`. */
export function toFilters(view: EventView, now: Date): EventFiltersInput {
  return { ...resolveRange(view.range, now), ...view.values };
}

export const NO_VALUES: EventView["values"] = {
  actions: [],
  actorIds: [],
  actorNames: [],
  targetTypes: [],
  targetIds: [],
};

/** Whether anything but the range narrows the view. */
export function hasValues(values: EventView["values"]): boolean {
  return FIELDS.some(({ field }) => values[field].length > 0);
}
