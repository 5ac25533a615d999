"use client";

import { useQuery } from "@tanstack/react-query";
import { countLabel } from "@/components/events/event-count";
import { FilterSummary } from "@/components/events/filters/filter-summary";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import type { Zone } from "@/components/time/zone";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import type { ExportEstimate } from "@/schemas/exports/export";
import { formatBytes } from "./amounts";
import type { ChosenFormat } from "./format-options";

interface ExportSummaryProps {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly filters: EventFiltersInput;
  readonly chosen: ChosenFormat;
  readonly zone: Zone;
}

/** What will leave, in words. */
export function ExportSummary({ organizationId, organizationName, filters, chosen, zone }: ExportSummaryProps) {
  const trpc = useTRPC();
  const { data, error, isFetching } = useQuery(
    trpc.exports.estimate.queryOptions({ organizationId, filters, ...chosen }),
  );
  return (
    // Told when it is whole: a number belongs to these filters and to no others.
    <div role="status" aria-busy={isFetching} className="mt-4 rounded-lg border bg-sunken p-4 leading-5 text-muted">
      <p>
        <strong className="font-semibold text-ink">{data ? eventsWords(data) : "The events"}</strong> of{" "}
        <bdi className="font-medium text-ink wrap-anywhere">{organizationName}</bdi>,{" "}
        <FilterSummary filters={filters} zone={zone} />.
      </p>
      <p className="mt-2 text-xs">{error ? problemOf(error).message : noteOf(data)}</p>
    </div>
  );
}

function eventsWords({ rows, estimatedRows }: ExportEstimate): string {
  if (!rows.capped) return countLabel(rows);
  if (estimatedRows !== null && estimatedRows > rows.count) return `About ${rounded(estimatedRows)} events`;
  return rows.count === 0 ? "The events" : countLabel(rows);
}

function noteOf(data: ExportEstimate | undefined): string {
  if (data?.rows.count === 0 && !data.rows.capped) return "No event matches. The file will hold the header alone.";
  const size = typeof data?.estimatedBytes === "number" ? `About ${formatBytes(data.estimatedBytes)}. ` : "";
  return `${size}Every column of every one of them, oldest first. There is no limit on rows.`;
}

/** Two digits that count: a guess is no better. */
function rounded(guess: number): string {
  return guess.toLocaleString("en-US", { maximumSignificantDigits: 2 });
}
