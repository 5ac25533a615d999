"use client";

import clsx from "clsx";
import { ZoomIn } from "lucide-react";
import { useId, useMemo, type ReactNode } from "react";
import type { Zone } from "@/components/time/zone";
import { Button } from "@/components/ui/button";
import { axisTicks } from "./axis";
import { Bars } from "./bars";
import { bucketLabel, stepLabel } from "./histogram-labels";
import { selectedBucket, type Bucket } from "./selection";
import { useBarSelection } from "./use-bar-selection";

/** Beyond this share of the width, a label is placed left of its tick, where there is room. */
const NEAR_END = 0.86;

interface Histogram {
  /** Milliseconds per bar. */
  readonly step: number;
  readonly buckets: readonly Bucket[];
  readonly capped: boolean;
}

interface ChartProps {
  readonly histogram: Histogram;
  readonly zone: Zone;
  /** Whether the chart belongs to the previous filters. */
  readonly isOutdated: boolean;
  readonly onZoom: (bucket: Bucket) => void;
  /** Buttons next to the summary. */
  readonly tools: ReactNode;
}

/** Shows the bars, above them a summary of all bars or of the selected ones, and below them the time axis. */
export function Chart({ histogram, zone, isOutdated, onZoom, tools }: ChartProps) {
  const { buckets } = histogram;
  const hint = useId();
  const { selection, hovered, zoomIn, cancel, handlers } = useBarSelection({ buckets, onZoom });
  const labels = useMemo(() => buckets.map((bucket) => bucketLabel(bucket, zone)), [buckets, zone]);
  const ticks = useMemo(() => axisTicks(buckets, zone), [buckets, zone]);
  const selected = selection && selectedBucket(buckets, selection);
  const shown = selected ? bucketLabel(selected, zone) : hovered === null ? undefined : labels[hovered];

  return (
    <div
      className={clsx("transition-opacity", isOutdated && "opacity-50")}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && cancel()}
    >
      <div className="flex h-8 items-start justify-between gap-3 text-xs text-muted sm:h-6">
        <p className="line-clamp-2 sm:line-clamp-1">{shown ?? summary(histogram)}</p>
        <div className="flex shrink-0">
          {selection && (
            <Button
              tone="quiet"
              size="sm"
              className="-my-1"
              // Keeps the focus on the bars: losing it would clear the selection.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => zoomIn()}
            >
              <ZoomIn aria-hidden />
              <span className="max-sm:sr-only">Zoom in</span>
            </Button>
          )}
          {tools}
        </div>
      </div>
      <Bars
        aria-label="Events over time"
        aria-describedby={hint}
        buckets={buckets}
        labels={labels}
        selection={selection}
        hovered={hovered}
        {...handlers}
      />
      <div aria-hidden className="relative h-5 overflow-hidden text-xs text-faint">
        {ticks.map(({ at, label }) => (
          <span
            key={at}
            className={clsx(
              "absolute top-0 h-5 pt-1 leading-4 whitespace-nowrap max-sm:even:hidden",
              at < NEAR_END ? "border-l pl-1.5" : "-translate-x-full border-r pr-1.5",
            )}
            style={{ left: `${at * 100}%` }}
          >
            {label}
          </span>
        ))}
      </div>
      <p id={hint} className="sr-only">
        {summary(histogram)}. Use the arrow keys to move between bars, Shift+arrow keys to select several, Enter to zoom
        in and Escape to cancel.
      </p>
      <span role="status" className="sr-only">
        {selected && selection.anchor !== selection.head && `Selected: ${bucketLabel(selected, zone)}`}
      </span>
    </div>
  );
}

function summary({ step, buckets, capped }: Histogram): string {
  if (buckets.every((bucket) => bucket.estimate === 0 && !bucket.atLeast)) return "No events in this range";
  const width = `${stepLabel(step)} per bar`;
  return capped ? `${width}. Only the newest events are counted; lighter parts are estimates` : width;
}
