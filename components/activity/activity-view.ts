"use client";

import { rangeChange, rangeOf, rangeParameters } from "@/components/time/range-parameters";
import { resolveRange, type TimeRange } from "@/components/time/time-range";
import { ZONES, type Zone } from "@/components/time/zone";
import { choiceParameter, choicesParameter, textsParameter } from "@/components/url-state/parameters";
import { useUrlState } from "@/components/url-state/use-url-state";
import { ACTIVITY_KINDS, type ActivityKind } from "@/schemas/activity/activity-actions";
import { MAX_ACTIVITY_FILTER_VALUES } from "@/schemas/limits";

/** The filters of the activity list, and the time zone in which it shows times. */
export interface ActivityView {
  readonly range: TimeRange;
  readonly kinds: readonly ActivityKind[];
  readonly actorIds: readonly string[];
  readonly organizationIds: readonly string[];
  readonly zone: Zone;
}

const parameters = {
  ...rangeParameters,
  kinds: choicesParameter(ACTIVITY_KINDS),
  actorIds: textsParameter,
  organizationIds: textsParameter,
  zone: choiceParameter(ZONES),
};

/** The names of the parameters in the URL. */
const urlKeys = { kinds: "kind", actorIds: "actor", organizationIds: "organization" } as const;

const options = { urlKeys, history: "push" } as const;

/** Reads the view from the URL. Returns it and a function that changes it. */
export function useActivityView(): readonly [ActivityView, (change: Partial<ActivityView>) => void] {
  const [state, setState] = useUrlState(parameters, options);
  const { range, from, to, ...rest } = state;
  const view: ActivityView = { ...rest, range: rangeOf({ range, from, to }) };
  const change = ({ range: next, ...others }: Partial<ActivityView>) => {
    setState({
      ...(others.kinds && { kinds: [...others.kinds] }),
      ...(others.actorIds && { actorIds: [...others.actorIds] }),
      ...(others.organizationIds && { organizationIds: [...others.organizationIds] }),
      ...(others.zone && { zone: others.zone }),
      ...rangeChange(next),
    });
  };
  return [view, change];
}

/** Converts the view into a server request. Relative ranges end at `now`. */
export function toRequest({ range, kinds, actorIds, organizationIds }: ActivityView, now: Date) {
  return {
    ...resolveRange(range, now),
    kinds: [...kinds],
    actorIds: actorIds.slice(0, MAX_ACTIVITY_FILTER_VALUES),
    organizationIds: organizationIds.slice(0, MAX_ACTIVITY_FILTER_VALUES),
  };
}

/** Returns whether any filter other than the time range is set. */
export function hasFilters({ kinds, actorIds, organizationIds }: ActivityView): boolean {
  return kinds.length + actorIds.length + organizationIds.length > 0;
}
