"use client";

import { useEffect, useState } from "react";
import type { SearchedPage } from "./search-progress-label";

/** As many looks as one press starts: about a million events, some seconds. */
const MOST_LOOKS = 50;

/** A paged list whose pages may be empty although there are more. */
export interface SearchedList {
  readonly data: { readonly pages: readonly SearchedPage[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly fetchNextPage: () => Promise<SearchedList>;
}

interface SearchOn {
  readonly isSearching: boolean;
  /** Page by page until one holds something, or there is no more, or `stop` is called. */
  readonly start: () => void;
  readonly stop: () => void;
}

/** Looks on in a list, which is the answer to `question`: with another question it ends. */
export function useContinuedSearch(list: SearchedList, question: string): SearchOn {
  const [run, setRun] = useState<{ readonly question: string; readonly controller: AbortController } | null>(null);
  if (run && run.question !== question) setRun(null);
  useEffect(() => () => run?.controller.abort(), [run]);

  const lookOn = async ({ signal }: AbortController) => {
    for (let looks = 0; looks < MOST_LOOKS && !signal.aborted; looks += 1) {
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
      setRun({ question, controller });
      void lookOn(controller);
    },
    stop: () => setRun(null),
  };
}
