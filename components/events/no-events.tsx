"use client";

import { useQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useEffect, useEffectEvent, type ReactNode } from "react";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { hasValues, NO_VALUES, type EventView } from "./event-view";

/** Wider than any event's time. */
const ALL_TIME = { from: new Date(0), to: new Date("9999-01-01T00:00:00Z") };
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
export function NoEvents({ organizationId, view, onChange, onFirst, children }: NoEventsProps) {
  const trpc = useTRPC();
  const any = useQuery({
    ...trpc.events.list.queryOptions({ organizationId, filters: ALL_TIME, limit: 1 }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.items.length === 0 ? LOOK_AGAIN : false),
  });
  const count = any.data?.items.length;
  const first = useEffectEvent(onFirst);
  useEffect(() => {
    // An event that is there now may be newer than the list, which ends at the moment it was asked for.
    if (count === 1) first();
  }, [count]);

  if (any.isPending) return <SkeletonRows rows={3} label="Loading events" />;
  if (count === 0) return children;
  const filtered = hasValues(view.values);
  return (
    <EmptyState
      icon={ScrollText}
      title="No events match"
      actions={
        <>
          {filtered && <Button onClick={() => onChange({ values: NO_VALUES })}>Clear filters</Button>}
          <Button onClick={() => onChange({ range: { kind: "preset", preset: "90d" } })}>
            Search the last 90 days
          </Button>
        </>
      }
    >
      {filtered
        ? "Nothing in this time range fits all filters together. Take one away, or widen the range."
        : "Nothing happened in this time range. Widen it to see older events."}
    </EmptyState>
  );
}
