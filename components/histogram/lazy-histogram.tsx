"use client";

import { lazy } from "@/components/ui/lazy";
import type { EventHistogramProps } from "./event-histogram";

const EventHistogram = lazy(() => import("./event-histogram"));

/** Loads the chart's code after the page and reserves its height until then. */
export function LazyHistogram(props: EventHistogramProps) {
  return (
    <section aria-label="Chart" className="h-27 sm:h-25">
      <EventHistogram {...props} />
    </section>
  );
}
