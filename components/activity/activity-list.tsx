"use client";

import { hashKey, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { History } from "lucide-react";
import { useState } from "react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { StaleNotice } from "@/components/feedback/stale-notice";
import { nextMinute } from "@/components/time/time-range";
import { useTRPC } from "@/components/trpc/context";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { RefreshButton } from "@/components/ui/refresh-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table } from "@/components/ui/table";
import { ActivityFilters } from "./activity-filters";
import { ActivityRow } from "./activity-row";
import { toRequest, useActivityView } from "./activity-view";

/** Who looked at, exported, linked or changed what, newest first. */
export function ActivityList({ environmentHref }: { readonly environmentHref: string }) {
  const trpc = useTRPC();
  const [view, changeView] = useActivityView();
  // Ranges that end now end at this moment until one refreshes, so that pages fit together.
  const [now, setNow] = useState(nextMinute);
  const request = toRequest(view, now);
  const list = useInfiniteQuery({
    ...trpc.activity.list.infiniteQueryOptions(request, {
      getNextPageParam: (page) => page.next ?? undefined,
    }),
    placeholderData: keepPreviousData,
  });
  const refresh = () => {
    const later = nextMinute();
    // A range with fixed ends stays the same question.
    if (hashKey([toRequest(view, later)]) === hashKey([request])) void list.refetch();
    setNow(later);
  };
  const entries = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="space-y-4">
      <ActivityFilters view={view} onChange={changeView}>
        <div className="ml-auto">
          <RefreshButton isAtWork={list.isRefetching} onPress={refresh} />
        </div>
      </ActivityFilters>
      {list.isRefetchError && <StaleNotice what="entries" error={list.error} onRetry={refresh} />}
      {list.isPending ? (
        <SkeletonRows rows={10} label="Loading activity" />
      ) : list.isError && !list.data ? (
        <ProblemNotice what="activity" error={list.error} onRetry={() => void list.refetch()} />
      ) : entries.length === 0 ? (
        <EmptyState icon={History} title="Nothing was done here">
          Nobody did anything of this kind in this time. Choose a longer range or clear a filter.
        </EmptyState>
      ) : (
        <div className={clsx("transition-opacity", list.isPlaceholderData && "opacity-50")}>
          <Table
            label="Activity"
            columns={["Who", "What", "Organization", "Date and time"]}
            className="[--cols:minmax(0,11rem)_minmax(0,1fr)_minmax(0,11rem)_9.5rem]"
          >
            {entries.map((entry) => (
              <ActivityRow key={entry.id} entry={entry} zone={view.zone} environmentHref={environmentHref} />
            ))}
          </Table>
          <LoadMore list={list} what="entries" shown={entries.length} />
        </div>
      )}
    </div>
  );
}
