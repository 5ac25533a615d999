"use client";

import { useEffect, useState } from "react";
import type { SearchedPage } from "./search-progress-label";

/** The most pages that one click loads: about a million events, a few seconds. */
const MAX_PAGES = 50;

/** A paged list whose pages can be empty even though more follow. */
export interface SearchedList {
  readonly data: { readonly pages: readonly SearchedPage[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly fetchNextPage: () => Promise<SearchedList>;
}

interface ContinuedSearch {
  readonly isSearching: boolean;
  /** Loads pages until one contains a match, the list ends, or `stop` is called. */
  readonly start: () => void;
  readonly stop: () => void;
}

/** Loads further pages of a list on demand. Stops when `queryKey` changes. */
export function useContinuedSearch(list: SearchedList, queryKey: string): ContinuedSearch {
  const [run, setRun] = useState<{ readonly queryKey: string; readonly controller: AbortController } | null>(null);
  if (run && run.queryKey !== queryKey) setRun(null);
  useEffect(() => () => run?.controller.abort(), [run]);

  const search = async ({ signal }: AbortController) => {
    for (let loaded = 0; loaded < MAX_PAGES && !signal.aborted; loaded += 1) {
      const { data, hasNextPage, isFetchNextPageError } = await list.fetchNextPage();
      const found = data?.pages.at(-1)?.items.length ?? 0;
      if (found > 0 || !hasNextPage || isFetchNextPageError) break;
    }
    if (!signal.aborted) setRun(null);
  };
  return {
    isSearching: run !== null,
    start: () => {
      const controller = new AbortController();
      setRun({ queryKey, controller });
      void search(controller);
    },
    stop: () => setRun(null),
  };
}
