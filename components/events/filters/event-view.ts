"use client";

import { parseAsNativeArrayOf, parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { rangeChange, rangeOf, rangeParameters } from "@/components/time/range-parameters";
import { resolveRange, type TimeRange } from "@/components/time/time-range";
import { ZONES, type Zone } from "@/components/time/zone";
import type { ChosenFilters } from "./chosen-filters";

/** What is looked at: a range, what narrows it, and the zone in which it is spelt. */
export interface EventView extends ChosenFilters {
  readonly range: TimeRange;
  readonly zone: Zone;
}

const list = parseAsNativeArrayOf(parseAsString);

const parameters = {
  ...rangeParameters,
  actions: list,
  actorIds: list,
  actorNames: list,
  targetTypes: list,
  targetIds: list,
  notActions: list,
  notActorIds: list,
  notActorNames: list,
  notTargetTypes: list,
  notTargetIds: list,
  search: parseAsString.withDefault(""),
  zone: parseAsStringLiteral(ZONES).withDefault("local"),
};

/** How the parameters are called in the address. */
const urlKeys = {
  actions: "action",
  actorIds: "actor_id",
  actorNames: "actor",
  targetTypes: "target_type",
  targetIds: "target",
  notActions: "not_action",
  notActorIds: "not_actor_id",
  notActorNames: "not_actor",
  notTargetTypes: "not_target_type",
  notTargetIds: "not_target",
  search: "q",
} as const;

/** The view that the address describes, and the way to another; so that a view can be sent to a colleague and “back” undoes. */
export function useEventView(): readonly [EventView, (change: Partial<EventView>) => void] {
  const [state, setState] = useQueryStates(parameters, { urlKeys, history: "push" });
  const { actions, actorIds, actorNames, targetTypes, targetIds, search, zone } = state;
  const view: EventView = {
    range: rangeOf(state),
    values: { actions, actorIds, actorNames, targetTypes, targetIds },
    exclude: {
      actions: state.notActions,
      actorIds: state.notActorIds,
      actorNames: state.notActorNames,
      targetTypes: state.notTargetTypes,
      targetIds: state.notTargetIds,
    },
    search,
    zone,
  };
  const change = (next: Partial<EventView>) => {
    const { exclude } = next;
    // A word that is typed on is one step back, not one for each pause.
    const typesOn = next.search !== undefined && next.search !== "" && search !== "";
    void setState(
      {
        ...next.values,
        ...(exclude && {
          notActions: exclude.actions,
          notActorIds: exclude.actorIds,
          notActorNames: exclude.actorNames,
          notTargetTypes: exclude.targetTypes,
          notTargetIds: exclude.targetIds,
        }),
        ...(next.search !== undefined && { search: next.search }),
        ...(next.zone && { zone: next.zone }),
        ...rangeChange(next.range),
      },
      { history: typesOn ? "replace" : "push" },
    );
  };
  return [view, change];
}

/** The view as the server takes it, with its range as of `now`. */
export function toFilters({ range, values, exclude, search }: EventView, now: Date): EventFiltersInput {
  return { ...resolveRange(range, now), ...values, exclude, search };
}

/** The event that the address names, which the drawer shows; null when it is closed. */
export function useOpenEvent(): readonly [string | null, (eventId: string | null) => void] {
  const [eventId, setEventId] = useQueryState("event", parseAsString.withOptions({ history: "push" }));
  return [eventId, (next) => void setEventId(next)];
}
