"use client";

import { useQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useEffect, useEffectEvent, type ReactNode } from "react";
import type { EventView } from "@/components/events/filters/event-view";
import { hasFilters, NO_FILTERS } from "@/components/events/filters/chosen-filters";
import { nextMinute, rangeLabel, resolveRange, widerRanges } from "@/components/time/time-range";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonRows } from "@/components/ui/skeleton";

/** Milliseconds between checks for the organization's first event. */
const POLL_INTERVAL = 3_000;

interface NoEventsProps {
  readonly organizationId: string;
  readonly view: EventView;
  readonly onChange: (change: Partial<EventView>) => void;
  /** Called when the organization's first event has arrived. */
  readonly onFirstEvent: () => void;
  /** Shown while the organization has no events at all. */
  readonly children: ReactNode;
}

/** Explains an empty list: either the filters match nothing, or the organization has no events yet. */
export default function NoEvents({ organizationId, view, onChange, onFirstEvent, children }: NoEventsProps) {
  const trpc = useTRPC();
  const filters = resolveRange({ kind: "all" }, nextMinute());
  const any = useQuery({
    ...trpc.events.list.queryOptions({ organizationId, filters, limit: 1 }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.items.length === 0 ? POLL_INTERVAL : false),
  });
  const count = any.data?.items.length;
  const reportFirst = useEffectEvent(() => {
    // With filters, the list would most likely leave the event out.
    if (!hasFilters(view)) onFirstEvent();
  });
  useEffect(() => {
    // The event may be newer than the list, which ends at the time when it was requested.
    if (count === 1) reportFirst();
  }, [count]);

  if (any.isPending) return <SkeletonRows rows={3} label="Loading events" />;
  if (count === 0) return children;
  const isFiltered = hasFilters(view);
  const wider = widerRanges(view.range, nextMinute()).slice(-2);
  return (
    <EmptyState
      icon={ScrollText}
      title={isFiltered ? "No events match" : "No events in this range"}
      actions={
        <>
          {isFiltered && <Button onClick={() => onChange(NO_FILTERS)}>Clear filters</Button>}
          {wider.map((range) => (
            <Button key={range.kind} onClick={() => onChange({ range })}>
              Search {range.kind === "all" ? "all time" : `the ${rangeLabel(range, view.zone).toLowerCase()}`}
            </Button>
          ))}
        </>
      }
    >
      {!isFiltered
        ? "Try a longer range."
        : wider.length > 0
          ? "No events in this range match all filters. Remove a filter or widen the range."
          : "No events match all filters. Remove one."}
    </EmptyState>
  );
}
