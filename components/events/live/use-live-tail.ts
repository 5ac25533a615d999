"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { endOfEvents } from "@/components/events/filters/event-range";
import { serverNow, toServerTime } from "@/components/time/server-clock";
import { nextMinute } from "@/components/time/time-range";
import { useTRPCClient } from "@/components/trpc/context";
import type { AuditLogEvent } from "@/schemas/events/event";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { addArrivals, eventsOf, mergeEvents, pollStart, type Arrivals } from "./arrivals";

/** Milliseconds between polls. */
const POLL_INTERVAL = 2_000;
/** The largest page that schemas/paging allows. */
const PAGE_SIZE = 100;

interface LiveTailOptions {
  readonly organizationId: string;
  readonly filters: EventFiltersInput;
  /** The events loaded so far. */
  readonly listed: readonly AuditLogEvent[];
  /** Whether they reach back to the start of the range. */
  readonly isComplete: boolean;
  /** Time in milliseconds up to which events are loaded; null while they load. */
  readonly loadedAt: number | null;
  readonly isOn: boolean;
  /** While paused, new events are held back. */
  readonly isPaused: boolean;
  /** Called when more events arrived than one response holds, so that the list must be loaded again. */
  readonly onBehind: () => void;
}

/**
 * Polls for new events every 2 seconds while the tab is visible. It shows events that arrive up to 30 seconds after they
 * happened, or up to 10 minutes if the list is quiet. Later ones appear when the list is loaded again. Events dated in the
 * future are read separately: any number of them would otherwise hide the others, since lists begin with the newest.
 */
export function useLiveTail({ organizationId, filters, listed, isOn, isPaused, onBehind, ...list }: LiveTailOptions) {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const queryKey = ["live events", organizationId, filters];
  const tail = useQuery({
    queryKey,
    queryFn: async (context): Promise<Arrivals> => {
      const asOf = serverNow();
      const begin = { batches: [], asOf: list.loadedAt ?? asOf, isBehind: false };
      const past = context.client.getQueryData<Arrivals>(context.queryKey) ?? begin;
      const to = nextMinute();
      const poll = (window: { readonly from: Date; readonly to: Date }) =>
        client.events.list.query(
          { organizationId, filters: { ...filters, ...window }, limit: PAGE_SIZE },
          { signal: context.signal },
        );
      // Sent as one request.
      const [ahead, response] = await Promise.all([
        poll({ from: to, to: new Date(Math.max(endOfEvents(to).getTime(), filters.to.getTime())) }),
        poll({ from: pollStart(mergeEvents(eventsOf(past), listed), past.asOf), to }),
      ]);
      const found = { items: [...ahead.items, ...response.items], next: response.next };
      return addArrivals(past, { events: listed, isComplete: list.isComplete }, found, asOf);
    },
    enabled: isOn && list.loadedAt !== null,
    refetchInterval: ({ state }) => (state.data?.isBehind ? false : POLL_INTERVAL),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    structuralSharing: false,
  });

  const arrivals = tail.data ?? { batches: [], isBehind: false };
  // When the pause began: events noticed later are held back.
  const [heldAt, setHeldAt] = useState<number | null>(null);
  if (isPaused !== (heldAt !== null)) setHeldAt(isPaused ? toServerTime(tail.dataUpdatedAt) : null);
  const shown = arrivals.batches.filter(({ noticedAt }) => heldAt === null || noticedAt <= heldAt);

  const { isBehind } = arrivals;
  const reload = useEffectEvent(() => {
    onBehind();
    if (tail.data) queryClient.setQueryData<Arrivals>(queryKey, { ...tail.data, batches: [], isBehind: false });
  });
  useEffect(() => {
    if (isBehind && !isPaused) reload();
  }, [isBehind, isPaused]);

  const arrived = eventsOf({ batches: shown });
  return {
    events: mergeEvents(arrived, listed),
    arrived: arrived.length,
    waiting: eventsOf(arrivals).length - arrived.length,
    /** Whether more than `waiting` events are waiting. */
    isBehind,
    isInterrupted: tail.isError,
  };
}
