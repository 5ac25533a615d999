"use client";

import {
  EVENT_FILTER_FIELDS,
  FILTER_FIELDS,
  perFilterField,
  type FilterField,
} from "@/schemas/events/event-filter-fields";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { rangeChange, rangeOf, rangeParameters } from "@/components/time/range-parameters";
import type { TimeRange } from "@/components/time/time-range";
import { ZONES, type Zone } from "@/components/time/zone";
import { choiceParameter, idParameter, textParameter, textsParameter } from "@/components/url-state/parameters";
import { useUrlState, useUrlValue } from "@/components/url-state/use-url-state";
import type { ChosenFilters } from "./chosen-filters";
import { resolveEventRange } from "./event-range";

/** What the event list shows: a time range, filters, and the zone in which times are displayed. */
export interface EventView extends ChosenFilters {
  readonly range: TimeRange;
  readonly zone: Zone;
}

/** The key of a field's excluded values. */
type ExcludedKey = `not_${FilterField}`;

function perExcludedKey<Value>(valueOf: (field: FilterField) => Value): Record<ExcludedKey, Value> {
  const entries = FILTER_FIELDS.map((field) => [`not_${field}`, valueOf(field)]);
  // `fromEntries` widens the keys to strings.
  return Object.fromEntries(entries) as Record<ExcludedKey, Value>;
}

const parameters = {
  ...rangeParameters,
  ...perFilterField(() => textsParameter),
  ...perExcludedKey(() => textsParameter),
  search: textParameter,
  zone: choiceParameter(ZONES),
};

/** Names of the parameters in the URL. */
const urlKeys = {
  ...perFilterField((field) => EVENT_FILTER_FIELDS[field].urlKey),
  ...perExcludedKey((field) => `not_${EVENT_FILTER_FIELDS[field].urlKey}`),
  search: "q",
};

const options = { urlKeys, history: "push" } as const;

/** Keeps the view in the URL, so that it can be shared as a link and the browser's back button undoes a change. */
export function useEventView(): readonly [EventView, (change: Partial<EventView>) => void] {
  const [state, setState] = useUrlState(parameters, options);
  const { search, zone } = state;
  const view: EventView = {
    range: rangeOf(state),
    include: perFilterField((field) => state[field]),
    exclude: perFilterField((field) => state[`not_${field}`]),
    search,
    zone,
  };
  const change = (next: Partial<EventView>) => {
    const { exclude } = next;
    // Continuing to type a search term adds one history entry in total, not one per pause.
    const continuesSearch = next.search !== undefined && next.search !== "" && search !== "";
    setState(
      {
        ...next.include,
        ...(exclude && perExcludedKey((field) => exclude[field])),
        ...(next.search !== undefined && { search: next.search }),
        ...(next.zone && { zone: next.zone }),
        ...rangeChange(next.range),
      },
      continuesSearch ? "replace" : "push",
    );
  };
  return [view, change];
}

/** Converts the view to API filters, with its range resolved as of `now`. */
export function toFilters({ range, include, exclude, search }: EventView, now: Date): EventFiltersInput {
  return { ...resolveEventRange(range, now), ...include, exclude, search };
}

/** Keeps the ID of the event in the drawer in the URL; null while the drawer is closed. */
export function useOpenEvent(): readonly [string | null, (eventId: string | null) => void] {
  return useUrlValue("event", idParameter, "push");
}
