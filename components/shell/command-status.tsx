"use client";

import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";

interface CommandStatusProps {
  readonly search: string;
  readonly found: number;
  readonly isSearching: boolean;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Shows that the search is running, found nothing or failed. Screen readers also hear how many results there are. */
export function CommandStatus({ search, found, isSearching, error, onRetry }: CommandStatusProps) {
  if (error !== null) {
    return (
      <div role="alert" className="flex flex-wrap items-center gap-3 p-2 text-muted">
        <p className="min-w-0 grow basis-48">
          Couldn&rsquo;t search organizations and actions. {problemOf(error).message}
        </p>
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      </div>
    );
  }
  return (
    <>
      {isSearching && (
        <div aria-hidden className="space-y-5 px-2 py-4">
          <Skeleton className="w-1/2" />
          <Skeleton className="w-1/3" />
        </div>
      )}
      <p role="status" className={found === 0 && !isSearching ? "p-2 text-muted wrap-anywhere" : "sr-only"}>
        {isSearching ? (
          "Searching…"
        ) : found === 0 ? (
          <>
            No results for “<bdi>{search}</bdi>”.
          </>
        ) : (
          `${found} ${found === 1 ? "result" : "results"}`
        )}
      </p>
    </>
  );
}
