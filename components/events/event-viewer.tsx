"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { RefreshCw } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useState, type ReactNode } from "react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { HistogramPlace } from "@/components/histogram/histogram-place";
import { nextMinute } from "@/components/time/time-range";
import { useTRPC } from "@/components/trpc/context";
import { buttonStyle } from "@/components/ui/button";
import { LoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { EventCount } from "./event-count";
import { EventDrawer } from "./event-drawer";
import EventTable from "./event-table";
import { toFilters, useEventView } from "./event-view";
import { FilterBar } from "./filter-bar";
import { NoEvents } from "./no-events";

interface EventViewerProps {
  readonly organizationId: string;
  /** Stands in place of the list as long as the organization has no event at all. */
  readonly beforeFirstEvent: ReactNode;
}

/** An organization's events, newest first. The same in the dashboard and in the portal. */
export function EventViewer({ organizationId, beforeFirstEvent }: EventViewerProps) {
  const trpc = useTRPC();
  const [view, changeView] = useEventView();
  const [openId, setOpenId] = useQueryState("event", parseAsString.withOptions({ history: "push" }));
  // Ranges that end now end at this moment until one refreshes, so that pages fit together.
  const [now, setNow] = useState(nextMinute);
  const filters = toFilters(view, now);

  const list = useInfiniteQuery({
    ...trpc.events.list.infiniteQueryOptions(
      { organizationId, filters },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  const events = list.data?.pages.flatMap((page) => page.items) ?? [];
  const refresh = () => {
    const later = nextMinute();
    if (later.getTime() === now.getTime()) void list.refetch();
    setNow(later);
  };

  return (
    <div className="space-y-4">
      <FilterBar organizationId={organizationId} view={view} onChange={changeView}>
        <div className="ml-auto flex items-center gap-2">
          <EventCount organizationId={organizationId} filters={filters} />
          <button
            type="button"
            aria-label="Refresh"
            title="Refresh"
            className={buttonStyle("quiet", "icon")}
            onClick={refresh}
          >
            <RefreshCw aria-hidden className={clsx(list.isRefetching && "animate-spin")} />
          </button>
        </div>
      </FilterBar>
      <HistogramPlace
        organizationId={organizationId}
        filters={filters}
        range={view.range}
        zone={view.zone}
        onRange={(range) => changeView({ range })}
      />
      {list.isPending ? (
        <SkeletonRows rows={10} label="Loading events" />
      ) : list.isError && !list.data ? (
        <ProblemNotice what="events" error={list.error} onRetry={() => void list.refetch()} />
      ) : events.length === 0 ? (
        <NoEvents organizationId={organizationId} view={view} onChange={changeView} onFirst={refresh}>
          {beforeFirstEvent}
        </NoEvents>
      ) : (
        <div className={clsx("transition-opacity", list.isPlaceholderData && "opacity-50")}>
          <EventTable
            events={events}
            isWhole={!list.hasNextPage}
            zone={view.zone}
            openId={openId}
            onOpen={(id) => void setOpenId(id)}
          />
          <LoadMore list={list} what="events" shown={events.length} />
        </div>
      )}
      <EventDrawer
        organizationId={organizationId}
        eventId={openId}
        events={events}
        zone={view.zone}
        onChange={(id) => void setOpenId(id)}
      />
    </div>
  );
}
