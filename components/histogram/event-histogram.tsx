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
  /** Milliseconds after which it is drawn again, or false. */
  readonly again: number | false;
  /** The range as it was chosen, of which `filters` has the ends. */
  readonly range: TimeRange;
  readonly zone: Zone;
  readonly onRange: (range: TimeRange) => void;
}

/** How the events on screen lie in time, and a way to look closer. What goes wrong here leaves the list alone. */
export default function EventHistogram({ organizationId, filters, again, range, zone, onRange }: EventHistogramProps) {
  const trpc = useTRPC();
  const histogram = useQuery({
    ...trpc.events.histogram.queryOptions({ organizationId, filters, zone: zoneName(zone) }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchInterval: again,
  });
  if (histogram.isPending) return <HistogramSkeleton />;
  if (histogram.isError && !histogram.data) {
    return (
      <div className="flex h-full flex-col items-center justify-center gap-2 px-4 text-center text-xs text-muted">
        <p role="status" className="line-clamp-2">
          The chart could not be drawn. {problemOf(histogram.error).message}
        </p>
        <Button size="sm" busy={histogram.isFetching} onClick={() => void histogram.refetch()}>
          Draw the chart again
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
