"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { nextMinute } from "@/components/time/time-range";
import { useTRPCClient } from "@/components/trpc/context";
import type { AuditLogEvent } from "@/schemas/events/event";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { addArrivals, eventsOf, mergeEvents, watchFrom, type Arrivals } from "./arrivals";

const EVERY = 2_000;
/** As many as schemas/paging gives at once. */
const MOST = 100;

interface LiveTailOptions {
  readonly organizationId: string;
  readonly filters: EventFiltersInput;
  /** What was read so far. */
  readonly listed: readonly AuditLogEvent[];
  /** Whether that goes back to the start of the range. */
  readonly isComplete: boolean;
  /** Up to when it was read, in milliseconds; null while it is being read. */
  readonly readAt: number | null;
  readonly isOn: boolean;
  /** While paused, what comes in is kept back. */
  readonly isPaused: boolean;
  /** Called when so much has come in that the list has to be read anew. */
  readonly onBehind: () => void;
}

/**
 * Events that come in, by asking for the newest every two seconds while the tab is in sight. It promises those that come
 * in at most half a minute after they happened, and ten minutes where nothing happens otherwise; what comes in later than that
 * is there when the list is read anew.
 */
export function useLiveTail({ organizationId, filters, listed, isOn, isPaused, onBehind, ...list }: LiveTailOptions) {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const queryKey = ["live events", organizationId, filters];
  const tail = useQuery({
    queryKey,
    queryFn: async (asked): Promise<Arrivals> => {
      const asOf = Date.now();
      const begin = { batches: [], asOf: list.readAt ?? asOf, isBehind: false };
      const past = asked.client.getQueryData<Arrivals>(asked.queryKey) ?? begin;
      const window = { from: watchFrom(mergeEvents(eventsOf(past), listed), past.asOf), to: nextMinute() };
      const answer = await client.events.list.query(
        { organizationId, filters: { ...filters, ...window }, limit: MOST },
        { signal: asked.signal },
      );
      return addArrivals(past, { events: listed, isComplete: list.isComplete }, answer, asOf);
    },
    enabled: isOn && list.readAt !== null,
    refetchInterval: ({ state }) => (state.data?.isBehind ? false : EVERY),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    structuralSharing: false,
  });

  const arrivals = tail.data ?? { batches: [], isBehind: false };
  // What had been noticed when the pause began.
  const [heldAt, setHeldAt] = useState<number | null>(null);
  if (isPaused !== (heldAt !== null)) setHeldAt(isPaused ? tail.dataUpdatedAt : null);
  const shown = arrivals.batches.filter(({ noticedAt }) => heldAt === null || noticedAt <= heldAt);

  const { isBehind } = arrivals;
  const readAnew = useEffectEvent(() => {
    onBehind();
    if (tail.data) queryClient.setQueryData<Arrivals>(queryKey, { ...tail.data, batches: [], isBehind: false });
  });
  useEffect(() => {
    if (isBehind && !isPaused) readAnew();
  }, [isBehind, isPaused]);

  const arrived = eventsOf({ batches: shown });
  return {
    events: mergeEvents(arrived, listed),
    arrived: arrived.length,
    waiting: eventsOf(arrivals).length - arrived.length,
    /** Whether more are waiting than that. */
    isBehind,
    isInterrupted: tail.isError,
  };
}
