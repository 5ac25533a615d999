"use client";

import { useQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useEffect, useEffectEvent, type ReactNode } from "react";
import { nextMinute, rangeLabel, resolveRange, widerRanges } from "@/components/time/time-range";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { EventView } from "@/components/events/filters/event-view";
import { hasFilters, NO_FILTERS } from "@/components/events/filters/chosen-filters";

const LOOK_AGAIN = 3_000;

interface NoEventsProps {
  readonly organizationId: string;
  readonly view: EventView;
  readonly onChange: (change: Partial<EventView>) => void;
  /** Called when the organization's first event has come in. */
  readonly onFirst: () => void;
  /** What to show while there is no event at all. */
  readonly children: ReactNode;
}

/** For an empty list: whether the filters are too narrow, or nothing has happened yet. */
export default function NoEvents({ organizationId, view, onChange, onFirst, children }: NoEventsProps) {
  const trpc = useTRPC();
  const filters = resolveRange({ kind: "all" }, nextMinute());
  const any = useQuery({
    ...trpc.events.list.queryOptions({ organizationId, filters, limit: 1 }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.items.length === 0 ? LOOK_AGAIN : false),
  });
  const count = any.data?.items.length;
  const first = useEffectEvent(() => {
    // With filters it is likely to be one that they leave out.
    if (!hasFilters(view)) onFirst();
  });
  useEffect(() => {
    // An event that is there now may be newer than the list, which ends at the moment it was asked for.
    if (count === 1) first();
  }, [count]);

  if (any.isPending) return <SkeletonRows rows={3} label="Loading events" />;
  if (count === 0) return children;
  const narrowed = hasFilters(view);
  const wider = widerRanges(view.range, nextMinute()).slice(-2);
  return (
    <EmptyState
      icon={ScrollText}
      title="No events match"
      actions={
        <>
          {narrowed && <Button onClick={() => onChange(NO_FILTERS)}>Clear filters</Button>}
          {wider.map((range) => (
            <Button key={range.kind} onClick={() => onChange({ range })}>
              Search {range.kind === "all" ? "all time" : `the ${rangeLabel(range, view.zone).toLowerCase()}`}
            </Button>
          ))}
        </>
      }
    >
      {!narrowed
        ? "Nothing happened in this time range. Widen it to see older events."
        : wider.length > 0
          ? "Nothing in this time range fits all filters together. Take one away, or widen the range."
          : "Of all events, none fits all filters together. Take one away."}
    </EmptyState>
  );
}
