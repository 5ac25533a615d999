"use client";

import { parseAsBoolean, useQueryState } from "nuqs";
import type { RefObject } from "react";
import type { TimeRange } from "@/components/time/time-range";
import type { AuditLogEvent } from "@/schemas/events/event";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { useAtTop } from "./use-at-top";
import { useLiveTail } from "./use-live-tail";

interface LiveOptions {
  readonly organizationId: string;
  readonly range: TimeRange;
  readonly filters: EventFiltersInput;
  /** What was read so far. */
  readonly listed: readonly AuditLogEvent[];
  /** Whether that goes back to the start of the range. */
  readonly isComplete: boolean;
  /** Up to when it was read, in milliseconds; null while it is being read. */
  readonly readAt: number | null;
  /** What marks the top of the list. */
  readonly top: RefObject<HTMLElement | null>;
  readonly isEventOpen: boolean;
  /** Called when so much has come in that the list has to be read anew. */
  readonly onBehind: () => void;
}

/** New events by themselves, as long as the address says so, the top of the list is in sight and no event is being read. */
export function useLive({ range, top, isEventOpen, ...tailed }: LiveOptions) {
  const [isWanted, setWanted] = useQueryState("live", parseAsBoolean.withDefault(false));
  const isPaused = !useAtTop(top) || isEventOpen;
  const refusal = range.kind === "fixed" ? "Nothing new comes into a time range with a fixed end." : null;
  const isOn = isWanted && refusal === null;
  const tail = useLiveTail({ ...tailed, isOn, isPaused });
  const state = tail.isInterrupted ? "interrupted" : isPaused ? "paused" : "running";
  const resume = () => {
    top.current?.scrollIntoView({ block: "center" });
    top.current?.focus({ preventScroll: true });
  };
  return {
    isOn,
    events: tail.events,
    toggle: { isOn: isWanted, onChange: (next: boolean) => void setWanted(next || null), refusal, state },
    news: { arrived: tail.arrived, waiting: tail.waiting, isMore: tail.isBehind, onResume: resume },
  } as const;
}
