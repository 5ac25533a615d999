"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { countWords } from "@/components/events/event-count";
import { FilterWords } from "@/components/events/filter-words";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import type { Zone } from "@/components/time/zone";
import type { EventFiltersInput } from "@/schemas/event-filters";

interface ExportSummaryProps {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly filters: EventFiltersInput;
  readonly zone: Zone;
}

/** What will leave, in words. */
export function ExportSummary({ organizationId, organizationName, filters, zone }: ExportSummaryProps) {
  const trpc = useTRPC();
  const count = useQuery({
    ...trpc.events.count.queryOptions({ organizationId, filters }),
    placeholderData: keepPreviousData,
  });
  return (
    <div role="status" className="mt-4 rounded-lg border bg-sunken p-4 leading-5 text-muted">
      <p>
        <strong className="font-semibold text-ink">{count.data ? countWords(count.data) : "The events"}</strong> of{" "}
        <bdi className="font-medium text-ink wrap-anywhere">{organizationName}</bdi>,{" "}
        <FilterWords filters={filters} zone={zone} />.
      </p>
      <p className="mt-2 text-xs">{count.error ? problemOf(count.error).message : noteOf(count.data)}</p>
    </div>
  );
}

function noteOf(data: { readonly count: number; readonly capped: boolean } | undefined): string {
  if (data?.count === 0) return "The file will hold the header alone.";
  return "Every column of every one of them, oldest first. There is no limit on rows.";
}
