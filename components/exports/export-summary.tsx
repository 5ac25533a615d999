"use client";

import { useQuery } from "@tanstack/react-query";
import { countLabel } from "@/components/events/count-label";
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

/** Describes which events the file will contain, and its size. */
export function ExportSummary({ organizationId, organizationName, filters, chosen, zone }: ExportSummaryProps) {
  const trpc = useTRPC();
  const { data, error, isFetching } = useQuery(
    trpc.exports.estimate.queryOptions({ organizationId, filters, ...chosen }),
  );
  return (
    // aria-busy delays the announcement until the number belongs to these filters.
    <div role="status" aria-busy={isFetching} className="mt-4 rounded-lg border bg-sunken p-4 leading-5 text-muted">
      <p>
        <strong className="font-semibold text-ink">{data ? eventsLabel(data) : "Events"}</strong> for{" "}
        <bdi className="font-medium text-ink wrap-anywhere">{organizationName}</bdi>,{" "}
        <FilterSummary filters={filters} zone={zone} />.
      </p>
      <p className="mt-2 text-xs">{error ? problemOf(error).message : noteOf(data)}</p>
    </div>
  );
}

function eventsLabel({ rows, estimatedRows }: ExportEstimate): string {
  if (!rows.capped) return countLabel(rows);
  if (estimatedRows !== null && estimatedRows > rows.count) return `About ${rounded(estimatedRows)} events`;
  return rows.count === 0 ? "Events" : countLabel(rows);
}

function noteOf(data: ExportEstimate | undefined): string {
  if (data?.rows.count === 0 && !data.rows.capped) return "No events match. The file will contain only the header row.";
  const size = typeof data?.estimatedBytes === "number" ? `About ${formatBytes(data.estimatedBytes)}. ` : "";
  return `${size}All columns, oldest first. No row limit.`;
}

/** Rounds an estimate to two significant digits, since it is no more precise than that. */
function rounded(estimate: number): string {
  return estimate.toLocaleString("en-US", { maximumSignificantDigits: 2 });
}
