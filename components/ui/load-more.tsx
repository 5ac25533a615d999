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
  /** What the list holds, as in “events”. */
  readonly what: string;
  readonly shown: number;
}

/** The end of a paged list: fetches on when it comes into sight, and is a button for whoever does not scroll. */
export function LoadMore({ list, what, shown }: LoadMoreProps) {
  const proceed = () => {
    if (list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError) void list.fetchNextPage();
  };
  return (
    <div className="flex min-h-14 items-center justify-center">
      {/* A new one after each page, since an end that stays in sight does not come into sight. */}
      <End key={shown} onSight={proceed} />
      {list.hasNextPage && (
        <Button tone="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {list.isFetchingNextPage
            ? `Loading more ${what}…`
            : list.isFetchNextPageError
              ? "Loading failed. Try again"
              : `Load more ${what}`}
        </Button>
      )}
      <span role="status" className="sr-only">
        {list.isFetchingNextPage ? "" : `${shown} ${what} shown`}
      </span>
    </div>
  );
}

function End({ onSight }: { readonly onSight: () => void }) {
  const end = useRef<HTMLSpanElement>(null);
  const tell = useEffectEvent(onSight);
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && tell(), { rootMargin: "400px" });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, []);
  return <span ref={end} />;
}
