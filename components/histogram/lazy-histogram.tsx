"use client";

import { lazy } from "@/components/ui/lazy";
import type { EventHistogramProps } from "./event-histogram";

const EventHistogram = lazy(() => import("./event-histogram"));

/** The chart's place, which has its height before there is a chart; the code for it comes later than the page's. */
export function LazyHistogram(props: EventHistogramProps) {
  return (
    <section aria-label="Chart" className="h-27 sm:h-25">
      <EventHistogram {...props} />
    </section>
  );
}
