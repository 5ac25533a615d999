"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/context";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { countLabel } from "./count-label";

interface EventCountProps {
  readonly organizationId: string;
  readonly filters: EventFiltersInput;
  /** Milliseconds between counts, or false to count once. */
  readonly refetchInterval: number | false;
}

/** Shows how many events match the filters, up to a cap. */
export function EventCount({ organizationId, filters, refetchInterval }: EventCountProps) {
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.events.count.queryOptions({ organizationId, filters }),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
  return (
    <span role="status" className="text-muted">
      {data && countLabel(data)}
    </span>
  );
}
