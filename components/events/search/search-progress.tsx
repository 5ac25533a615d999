"use client";

import { Button } from "@/components/ui/button";
import type { Zone } from "@/components/time/zone";
import { searchProgressLabel } from "./search-progress-label";
import { useContinuedSearch, type SearchedList } from "./use-continued-search";

interface SearchProgressProps {
  readonly list: SearchedList;
  /** Identifies the list; continuing stops when it changes. */
  readonly queryKey: string;
  /** Whether the list is known to contain all matches. */
  readonly isComplete: boolean;
  readonly zone: Zone;
}

/**
 * Shows how far a search got and lets the user continue it: the server scans a limited number of events per page. Until
 * there is something to say, it renders an empty live region, so that screen readers announce the first text.
 */
export function SearchProgress({ list, queryKey, isComplete, zone }: SearchProgressProps) {
  const { isSearching, start, stop } = useContinuedSearch(list, queryKey);
  const pages = list.data?.pages ?? [];
  const label = isComplete ? null : searchProgressLabel(pages, zone);
  const isEmpty = pages.every((page) => page.items.length === 0);
  return (
    <div
      className={
        label === null
          ? "sr-only"
          : `flex flex-wrap items-center justify-center gap-x-4 gap-y-3 px-6 text-center text-muted tabular-nums ${isEmpty ? "flex-col rounded-lg border bg-surface py-12" : "min-h-14 py-3"}`
      }
    >
      {label !== null && isEmpty && <h2 className="text-base font-semibold text-ink">Search not finished</h2>}
      {/* All steps are visible, but screen readers hear only the first and the last. */}
      {isSearching && <p aria-hidden>{label}</p>}
      <p role="status" className={isSearching ? "sr-only" : undefined}>
        {isSearching ? "Still searching…" : label}
      </p>
      {label !== null && list.isFetchNextPageError && <p role="alert">The search failed. Try again.</p>}
      {label !== null && (
        <Button onClick={isSearching ? stop : start}>{isSearching ? "Stop searching" : "Continue searching"}</Button>
      )}
    </div>
  );
}
