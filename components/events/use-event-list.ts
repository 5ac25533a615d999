"use client";

import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, type ComponentProps, type RefObject } from "react";
import { toFilters, type EventView } from "@/components/events/filters/event-view";
import { useLive } from "@/components/events/live/use-live";
import { useMovingEnd } from "@/components/events/live/use-moving-end";
import { useIsComplete } from "@/components/events/search/use-is-complete";
import { useStale } from "@/components/feedback/use-stale";
import { toServerTime } from "@/components/time/server-clock";
import { nextMinute } from "@/components/time/time-range";
import { useRefreshedNow } from "@/components/time/use-refreshed-now";
import { useTRPC } from "@/components/trpc/context";
import type { LoadMore } from "@/components/ui/load-more";
import type { AuditLogEvent } from "@/schemas/events/event";
import type { EventFiltersInput } from "@/schemas/events/event-filters";

const MINUTE = 60_000;

interface EventListOptions {
  readonly organizationId: string;
  readonly view: EventView;
  readonly isEventOpen: boolean;
  /** The element above the list. Live updates pause while the user has scrolled past it. */
  readonly top: RefObject<HTMLElement | null>;
}

/** What the list shows. While a search is not finished, there may be no rows yet. */
export type EventListState =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly error: unknown; readonly retry: () => void }
  | { readonly kind: "empty"; readonly reload: () => void }
  | {
      readonly kind: "rows";
      readonly events: readonly AuditLogEvent[];
      readonly isComplete: boolean;
      /** Whether the rows belong to the previous filters. */
      readonly isOutdated: boolean;
      /** Null while live updates are off. */
      readonly newEvents: ReturnType<typeof useLive>["newEvents"] | null;
      /** Null if the server stopped scanning before the last page was full: then `SearchProgress` loads more on demand. */
      readonly paging: { readonly list: ComponentProps<typeof LoadMore>["list"]; readonly shown: number } | null;
    };

const hasSameEnd = (one: EventFiltersInput, other: EventFiltersInput) => one.to.getTime() === other.to.getTime();

/** Loads an organization's events, newest first, and keeps them current: paging, live updates, refresh and staleness. */
export function useEventList({ organizationId, view, isEventOpen, top }: EventListOptions) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // Ranges that end now keep this end until a refresh, so that pages fit together.
  const { now, setNow, refreshBy, refresh } = useRefreshedNow();
  const filters = toFilters(view, now);
  const queryOf = (at: EventFiltersInput) =>
    trpc.events.list.infiniteQueryOptions(
      { organizationId, filters: at },
      { getNextPageParam: (page) => page.next ?? undefined },
    );
  const list = useInfiniteQuery({
    ...queryOf(filters),
    placeholderData: keepPreviousData,
    // A search may have loaded very many pages, and its results do not change.
    refetchOnWindowFocus: false,
  });
  const listed = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const isComplete = useIsComplete(organizationId, filters, list);

  const reload = () => {
    const later = nextMinute();
    setNow(later);
    // With another end the query key changes, and the list loads by itself.
    if (hasSameEnd(toFilters(view, later), filters)) void list.refetch();
    recount(later);
  };
  const isLoaded = list.isSuccess && !list.isPlaceholderData && !list.isRefetching;
  const live = useLive({
    organizationId,
    range: view.range,
    filters,
    listed,
    isComplete,
    loadedAt: isLoaded ? Math.min(toServerTime(list.dataUpdatedAt), now.getTime()) : null,
    top,
    isEventOpen,
    onBehind: reload,
  });

  const movingEnd = useMovingEnd(now, { isMoving: live.isOn });
  const countFilters = toFilters(view, movingEnd);
  const recount = (later: Date) => {
    if (!hasSameEnd(toFilters(view, later), countFilters)) return;
    for (const procedure of [trpc.events.count, trpc.events.histogram])
      void queryClient.invalidateQueries(procedure.pathFilter());
  };

  const staleError = useStale(list, refresh);
  const stateOf = (): EventListState => {
    if (list.isPending) return { kind: "loading" };
    if (list.isError && !list.data) return { kind: "failed", error: list.error, retry: () => void list.refetch() };
    if (live.events.length === 0 && isComplete) return { kind: "empty", reload };
    const isPartlySearched = Boolean(list.data?.pages.at(-1)?.searched);
    return {
      kind: "rows",
      events: live.events,
      isComplete,
      isOutdated: list.isPlaceholderData,
      newEvents: live.isOn ? live.newEvents : null,
      paging: isPartlySearched ? null : { list, shown: listed.length },
    };
  };
  return {
    state: stateOf(),
    events: live.events,
    /** Filters of the count and the chart, and how often they load again. */
    counted: {
      filters: countFilters,
      // All time has no moving end: the filters stay the same while the result changes.
      refetchInterval: live.isOn && view.range.kind === "all" ? MINUTE : (false as const),
    },
    /** The end of the chart unless there are later events. */
    chartEnd: view.range.kind === "last" ? movingEnd : undefined,
    liveToggle: live.toggle,
    isRefreshing: refresh.isPending || list.isRefetching,
    refresh: () =>
      refreshBy(async (later) => {
        await queryClient.fetchInfiniteQuery({ ...queryOf(toFilters(view, later)), staleTime: 0 });
        recount(later);
      }),
    /** Why the rows could not be refreshed, or null. */
    staleError,
    search: { list, queryKey: JSON.stringify(filters), isComplete },
  } as const;
}
