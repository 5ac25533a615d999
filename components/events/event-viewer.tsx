"use client";

import { useRef, useState, type ReactNode } from "react";
import { useEventView, useOpenEvent, type EventView } from "@/components/events/filters/event-view";
import { FilterBar } from "@/components/events/filters/filter-bar";
import { LiveToggle } from "@/components/events/live/live-toggle";
import { SearchProgress } from "@/components/events/search/search-progress";
import { LazyHistogram } from "@/components/histogram/lazy-histogram";
import { lazy } from "@/components/ui/lazy";
import { RefreshButton } from "@/components/ui/refresh-button";
import { EventCount } from "./event-count";
import { EventList } from "./event-list";
import { useEventList } from "./use-event-list";

const StaleNotice = lazy(async () => ({ default: (await import("@/components/feedback/stale-notice")).StaleNotice }));
const NoEvents = lazy(() => import("./no-events"));
const EventDrawer = lazy(() => import("@/components/events/details/event-drawer"));

interface EventViewerProps {
  readonly organizationId: string;
  /** Replaces the list while the organization has no events at all. */
  readonly beforeFirstEvent: ReactNode;
}

/** Shows an organization's events, newest first. The dashboard and the portal share it. */
export function EventViewer({ organizationId, beforeFirstEvent }: EventViewerProps) {
  const [view, changeView] = useEventView();
  const [openId, setOpenId] = useOpenEvent();
  // The drawer stays mounted once it was open, so that it can animate out and return the focus.
  const [needsDrawer, setNeedsDrawer] = useState(openId !== null);
  if (openId !== null && !needsDrawer) setNeedsDrawer(true);
  const top = useRef<HTMLDivElement>(null);
  const list = useEventList({ organizationId, view, isEventOpen: openId !== null, top });
  const { zone } = view;
  const leaveEmpty = (change: Partial<EventView>) => {
    // The button that was pressed disappears together with the empty state.
    top.current?.focus();
    changeView(change);
  };
  return (
    <div className="space-y-4">
      <FilterBar organizationId={organizationId} view={view} onChange={changeView}>
        <div className="ml-auto flex items-center gap-2">
          <EventCount organizationId={organizationId} {...list.counted} />
          <LiveToggle {...list.liveToggle} />
          <RefreshButton isLoading={list.isRefreshing} onClick={list.refresh} />
        </div>
      </FilterBar>
      <LazyHistogram
        organizationId={organizationId}
        {...list.counted}
        now={list.chartEnd}
        range={view.range}
        zone={zone}
        onRange={(range) => changeView({ range })}
      />
      <div ref={top} tabIndex={-1} className="outline-none" />
      {list.staleError !== null && <StaleNotice what="events" error={list.staleError} onRetry={list.refresh} />}
      <EventList
        state={list.state}
        zone={zone}
        openId={openId}
        onOpen={setOpenId}
        renderEmpty={(reload) => (
          <NoEvents organizationId={organizationId} view={view} onChange={leaveEmpty} onFirstEvent={reload}>
            {beforeFirstEvent}
          </NoEvents>
        )}
      />
      <SearchProgress {...list.search} zone={zone} />
      {needsDrawer && (
        <EventDrawer
          organizationId={organizationId}
          eventId={openId}
          events={list.events}
          zone={zone}
          onChange={setOpenId}
        />
      )}
    </div>
  );
}
