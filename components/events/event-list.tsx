"use client";

import clsx from "clsx";
import type { ReactNode } from "react";
import EventTable from "@/components/events/table/event-table";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import type { Zone } from "@/components/time/zone";
import { lazy } from "@/components/ui/lazy";
import { LoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { EventListState } from "./use-event-list";

const NewEventsButton = lazy(() => import("@/components/events/live/new-events-button"));

interface EventListProps {
  readonly state: EventListState;
  readonly zone: Zone;
  readonly openId: string | null;
  readonly onOpen: (eventId: string) => void;
  /** Renders the place of an empty list. */
  readonly renderEmpty: (reload: () => void) => ReactNode;
}

/** Renders the state of an event list. */
export function EventList({ state, zone, openId, onOpen, renderEmpty }: EventListProps) {
  switch (state.kind) {
    case "loading":
      return <SkeletonRows rows={10} label="Loading events" />;
    case "failed":
      return <ProblemNotice what="events" error={state.error} onRetry={state.retry} />;
    case "empty":
      return renderEmpty(state.reload);
    case "rows":
      if (state.events.length === 0) return null;
      return (
        <div className={clsx("transition-opacity", state.isOutdated && "opacity-50")}>
          {state.newEvents && <NewEventsButton {...state.newEvents} />}
          <EventTable events={state.events} isComplete={state.isComplete} zone={zone} openId={openId} onOpen={onOpen} />
          {state.paging && <LoadMore {...state.paging} what="events" />}
        </div>
      );
  }
}
