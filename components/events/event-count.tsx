"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/context";
import type { EventFiltersInput } from "@/schemas/events/event-filters";

interface EventCountProps {
  readonly organizationId: string;
  readonly filters: EventFiltersInput;
  /** Milliseconds after which it is counted again, or false. */
  readonly again: number | false;
}

/** How many events the filters match; beyond a cap only that it is more. */
export function EventCount({ organizationId, filters, again }: EventCountProps) {
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.events.count.queryOptions({ organizationId, filters }),
    placeholderData: keepPreviousData,
    refetchInterval: again,
  });
  return (
    <span role="status" className="text-muted">
      {data && countLabel(data)}
    </span>
  );
}

/** `1,234 events`, `10,000+ events`, `1 event`, `No events`, and `None counted yet` where counting ended before it found one */
export function countLabel({ count, capped }: { readonly count: number; readonly capped: boolean }): string {
  if (count === 0) return capped ? "None counted yet" : "No events";
  return `${count.toLocaleString("en-US")}${capped ? "+" : ""} ${count === 1 && !capped ? "event" : "events"}`;
}
