"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ZoomOut } from "lucide-react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { nextMinute, type TimeRange } from "@/components/time/time-range";
import { zoneName, type Zone } from "@/components/time/zone";
import { Button } from "@/components/ui/button";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { Chart } from "./chart";
import { HistogramSkeleton } from "./histogram-skeleton";
import { zoomOut } from "./zoom-out";

export interface EventHistogramProps {
  readonly organizationId: string;
  readonly filters: EventFiltersInput;
  /** Where the chart ends if no event is later. Without it, the chart ends with the range. */
  readonly now: Date | undefined;
  /** Milliseconds between loads, or false to load once. */
  readonly refetchInterval: number | false;
  /** The chosen range; `filters` contains its resolved start and end. */
  readonly range: TimeRange;
  readonly zone: Zone;
  readonly onRange: (range: TimeRange) => void;
}

/** Charts the listed events over time and lets the user zoom in. An error here does not affect the list. */
export default function EventHistogram(props: EventHistogramProps) {
  const { organizationId, filters, now, range, zone, onRange } = props;
  const trpc = useTRPC();
  const histogram = useQuery({
    ...trpc.events.histogram.queryOptions({ organizationId, filters, zone: zoneName(zone), now }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchInterval: props.refetchInterval,
  });
  if (histogram.isPending) return <HistogramSkeleton />;
  if (histogram.isError && !histogram.data) {
    return (
      <div className="flex h-full flex-col items-center justify-center gap-2 px-4 text-center text-xs text-muted">
        <p role="status" className="line-clamp-2">
          Couldn’t load the chart. {problemOf(histogram.error).message}
        </p>
        <Button size="sm" busy={histogram.isFetching} onClick={() => void histogram.refetch()}>
          Retry
        </Button>
      </div>
    );
  }
  const wider = zoomOut(range, nextMinute());
  return (
    <Chart
      histogram={histogram.data}
      zone={zone}
      isOutdated={histogram.isPlaceholderData}
      onZoom={({ from, to }) => onRange({ kind: "fixed", from, to })}
      tools={
        wider && (
          <Button tone="quiet" size="sm" className="-my-1" onClick={() => onRange(wider)}>
            <ZoomOut aria-hidden />
            <span className="max-sm:sr-only">Zoom out</span>
          </Button>
        )
      }
    />
  );
}
