"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { Button } from "./button";

interface LoadMoreProps {
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  /** The plural name of the items, for example “events”. */
  readonly what: string;
  readonly shown: number;
}

/** Ends a paged list. Loads the next page when it scrolls into view, and offers a button for those who do not scroll. */
export function LoadMore({ list, what, shown }: LoadMoreProps) {
  const loadNext = () => {
    if (list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError) void list.fetchNextPage();
  };
  return (
    <div className="flex min-h-14 items-center justify-center">
      {/* Keyed by count: a new sentinel per page triggers again even if the end of the list never leaves the view. */}
      <Sentinel key={shown} onVisible={loadNext} />
      {list.hasNextPage && (
        <Button tone="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {list.isFetchingNextPage
            ? `Loading more ${what}…`
            : list.isFetchNextPageError
              ? "Couldn’t load more. Try again"
              : `Load more ${what}`}
        </Button>
      )}
      <span role="status" className="sr-only">
        {list.isFetchingNextPage ? "" : `${shown} ${what} shown`}
      </span>
    </div>
  );
}

function Sentinel({ onVisible }: { readonly onVisible: () => void }) {
  const sentinel = useRef<HTMLSpanElement>(null);
  const notify = useEffectEvent(onVisible);
  useEffect(() => {
    if (!sentinel.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && notify(), { rootMargin: "400px" });
    observer.observe(sentinel.current);
    return () => observer.disconnect();
  }, []);
  return <span ref={sentinel} />;
}
