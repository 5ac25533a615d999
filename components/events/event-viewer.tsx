"use client";

import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { useMemo, useRef, type ReactNode } from "react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { StaleNotice } from "@/components/feedback/stale-notice";
import { useStale } from "@/components/feedback/use-stale";
import { LazyHistogram } from "@/components/histogram/lazy-histogram";
import { nextMinute } from "@/components/time/time-range";
import { useRefreshedNow } from "@/components/time/use-refreshed-now";
import { useTRPC } from "@/components/trpc/context";
import { LoadMore } from "@/components/ui/load-more";
import { lazy } from "@/components/ui/lazy";
import { RefreshButton } from "@/components/ui/refresh-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { EventCount } from "./event-count";
import { EventDrawer } from "@/components/events/details/event-drawer";
import EventTable from "@/components/events/table/event-table";
import { toFilters, useEventView, useOpenEvent, type EventView } from "@/components/events/filters/event-view";
import { FilterBar } from "@/components/events/filters/filter-bar";
import { NewEventsButton } from "@/components/events/live/new-events-button";
import { LiveToggle } from "@/components/events/live/live-toggle";
import { SearchProgress } from "@/components/events/search/search-progress";
import { useIsComplete } from "@/components/events/search/use-is-complete";
import { useLive } from "@/components/events/live/use-live";
import { useMovingEnd } from "@/components/events/live/use-moving-end";

const MINUTE = 60_000;
const NoEvents = lazy(() => import("./no-events"));

interface EventViewerProps {
  readonly organizationId: string;
  /** Stands in place of the list as long as the organization has no event at all. */
  readonly beforeFirstEvent: ReactNode;
}

/** Whether the range ends alike, be it that its ends are fixed: the question is the same then. */
const isSameEnd = (one: EventFiltersInput, other: EventFiltersInput) => one.to.getTime() === other.to.getTime();

/** An organization's events, newest first. The same in the dashboard and in the portal. */
export function EventViewer({ organizationId, beforeFirstEvent }: EventViewerProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [view, changeView] = useEventView();
  const [openId, setOpenId] = useOpenEvent();
  const listOf = (filters: EventFiltersInput) =>
    trpc.events.list.infiniteQueryOptions(
      { organizationId, filters },
      { getNextPageParam: (page) => page.next ?? undefined },
    );
  // Ranges that end now end at this moment until one refreshes, so that pages fit together.
  const { now, moveOn, refreshBy, refresh } = useRefreshedNow();
  const filters = toFilters(view, now);

  const list = useInfiniteQuery({
    ...listOf(filters),
    placeholderData: keepPreviousData,
    // A search can have come through very many pages, and what it found does not change.
    refetchOnWindowFocus: false,
  });
  const listed = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const isComplete = useIsComplete(organizationId, filters, list);
  const isShort = Boolean(list.data?.pages.at(-1)?.searched);
  const readAnew = () => {
    const later = nextMinute();
    moveOn(later);
    if (isSameEnd(toFilters(view, later), filters)) void list.refetch();
    countAgain(later);
  };
  const stale = useStale(list, refresh);
  const isRead = list.isSuccess && !list.isPlaceholderData && !list.isRefetching;
  const top = useRef<HTMLDivElement>(null);
  const live = useLive({
    organizationId,
    range: view.range,
    filters,
    listed,
    isComplete,
    readAt: isRead ? Math.min(list.dataUpdatedAt, now.getTime()) : null,
    top,
    isEventOpen: openId !== null,
    onBehind: readAnew,
  });
  const { events } = live;
  const leaveEmpty = (change: Partial<EventView>) => {
    // The button that was pressed goes with what it stands on.
    top.current?.focus();
    changeView(change);
  };
  const counted = toFilters(view, useMovingEnd(now, { isMoving: live.isOn }));
  const countAgain = (later: Date) => {
    if (!isSameEnd(toFilters(view, later), counted)) return;
    for (const asked of [trpc.events.count, trpc.events.histogram])
      void queryClient.invalidateQueries(asked.pathFilter());
  };
  const askAgain = () =>
    refreshBy(async (later) => {
      await queryClient.fetchInfiniteQuery({ ...listOf(toFilters(view, later)), staleTime: 0 });
      countAgain(later);
    });
  // Without an end that moves, the question stays the same while the answer does not.
  const again = live.isOn && view.range.kind === "all" ? MINUTE : false;

  return (
    <div className="space-y-4">
      <FilterBar organizationId={organizationId} view={view} onChange={changeView}>
        <div className="ml-auto flex items-center gap-2">
          <EventCount organizationId={organizationId} filters={counted} again={again} />
          <LiveToggle {...live.toggle} />
          <RefreshButton isAtWork={refresh.isPending || list.isRefetching} onPress={askAgain} />
        </div>
      </FilterBar>
      <LazyHistogram
        organizationId={organizationId}
        filters={counted}
        again={again}
        range={view.range}
        zone={view.zone}
        onRange={(range) => changeView({ range })}
      />
      <div ref={top} tabIndex={-1} className="outline-none" />
      {stale !== null && <StaleNotice what="events" error={stale} onRetry={askAgain} />}
      {list.isPending ? (
        <SkeletonRows rows={10} label="Loading events" />
      ) : list.isError && !list.data ? (
        <ProblemNotice what="events" error={list.error} onRetry={() => void list.refetch()} />
      ) : events.length === 0 && isComplete ? (
        <NoEvents organizationId={organizationId} view={view} onChange={leaveEmpty} onFirst={readAnew}>
          {beforeFirstEvent}
        </NoEvents>
      ) : events.length > 0 ? (
        <div className={clsx("transition-opacity", list.isPlaceholderData && "opacity-50")}>
          <NewEventsButton {...live.news} />
          <EventTable
            events={events}
            isComplete={isComplete}
            zone={view.zone}
            openId={openId}
            onOpen={(id) => setOpenId(id)}
          />
          {!isShort && <LoadMore list={list} what="events" shown={listed.length} />}
        </div>
      ) : null}
      <SearchProgress question={JSON.stringify(filters)} list={list} isComplete={isComplete} zone={view.zone} />
      <EventDrawer
        organizationId={organizationId}
        eventId={openId}
        events={events}
        zone={view.zone}
        onChange={(id) => setOpenId(id)}
      />
    </div>
  );
}
