"use client";

import { Button } from "@/components/ui/button";
import type { Zone } from "@/components/time/zone";
import { searchProgressLabel } from "./search-progress-label";
import { useContinuedSearch, type SearchedList } from "./use-continued-search";

interface SearchProgressProps {
  readonly list: SearchedList;
  /** Tells one list from another. */
  readonly question: string;
  /** Whether it is known to hold every match already. */
  readonly isComplete: boolean;
  readonly zone: Zone;
}

/**
 * The end of a list that is not its end: the server looks at so many events for one page and then says how far it came.
 * Says so, and looks on when asked. Renders an empty status before that, so that screen readers hear when it comes.
 */
export function SearchProgress({ list, question, isComplete, zone }: SearchProgressProps) {
  const { isSearching, start, stop } = useContinuedSearch(list, question);
  const pages = list.data?.pages ?? [];
  const words = isComplete ? null : searchProgressLabel(pages, zone);
  const isEmpty = pages.every((page) => page.items.length === 0);
  return (
    <div
      className={
        words === null
          ? "sr-only"
          : `flex flex-wrap items-center justify-center gap-x-4 gap-y-3 px-6 text-center text-muted tabular-nums ${isEmpty ? "flex-col rounded-lg border bg-surface py-12" : "min-h-14 py-3"}`
      }
    >
      {words !== null && isEmpty && <h2 className="text-base font-semibold text-ink">No match found yet</h2>}
      {/* Each step is there to be seen; only the first and the last are told. */}
      {isSearching && <p aria-hidden>{words}</p>}
      <p role="status" className={isSearching ? "sr-only" : undefined}>
        {isSearching ? "Searching on…" : words}
      </p>
      {words !== null && list.isFetchNextPageError && <p role="alert">The search failed. Try again.</p>}
      {words !== null && (
        <Button onClick={isSearching ? stop : start}>{isSearching ? "Stop searching" : "Continue searching"}</Button>
      )}
    </div>
  );
}
