"use client";

import type { RefObject } from "react";
import type { TimeRange } from "@/components/time/time-range";
import { switchParameter } from "@/components/url-state/parameters";
import { useUrlValue } from "@/components/url-state/use-url-state";
import type { AuditLogEvent } from "@/schemas/events/event";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { useAtTop } from "./use-at-top";
import { useLiveTail } from "./use-live-tail";

interface LiveOptions {
  readonly organizationId: string;
  readonly range: TimeRange;
  readonly filters: EventFiltersInput;
  /** The events loaded so far. */
  readonly listed: readonly AuditLogEvent[];
  /** Whether they reach back to the start of the range. */
  readonly isComplete: boolean;
  /** Time in milliseconds up to which events are loaded; null while they load. */
  readonly loadedAt: number | null;
  /** The element above the list. */
  readonly top: RefObject<HTMLElement | null>;
  readonly isEventOpen: boolean;
  /** Called when more events arrived than one response holds, so that the list must be loaded again. */
  readonly onBehind: () => void;
}

/** Adds new events to the list while `live` is set in the URL. Pauses while the user scrolls down or has an event open. */
export function useLive({ range, top, isEventOpen, ...tailOptions }: LiveOptions) {
  const [isWanted, setWanted] = useUrlValue("live", switchParameter);
  const isPaused = !useAtTop(top) || isEventOpen;
  const unavailable = range.kind === "fixed" ? "Live updates need a time range that ends now." : null;
  const isOn = isWanted && unavailable === null;
  const tail = useLiveTail({ ...tailOptions, isOn, isPaused });
  const state = tail.isInterrupted ? "interrupted" : isPaused ? "paused" : "running";
  const resume = () => {
    top.current?.scrollIntoView({ block: "center" });
    top.current?.focus({ preventScroll: true });
  };
  return {
    isOn,
    events: tail.events,
    toggle: { isOn: isWanted, onChange: setWanted, unavailable, state },
    newEvents: { arrived: tail.arrived, waiting: tail.waiting, isMore: tail.isBehind, onResume: resume },
  } as const;
}
