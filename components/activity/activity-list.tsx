"use client";

import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { History } from "lucide-react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { StaleNotice } from "@/components/feedback/stale-notice";
import { useStale } from "@/components/feedback/use-stale";
import { useRefreshedNow } from "@/components/time/use-refreshed-now";
import { useTRPC } from "@/components/trpc/context";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { RefreshButton } from "@/components/ui/refresh-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table } from "@/components/ui/table";
import { ActivityFilters } from "./activity-filters";
import { ActivityRow } from "./activity-row";
import { toRequest, useActivityView } from "./activity-view";

/** Lists who viewed, exported, shared or changed what, newest first. */
export function ActivityList({ environmentHref }: { readonly environmentHref: string }) {
  const trpc = useTRPC();
  const [view, changeView] = useActivityView();
  const queryClient = useQueryClient();
  const listAt = (now: Date) =>
    trpc.activity.list.infiniteQueryOptions(toRequest(view, now), {
      getNextPageParam: (page) => page.next ?? undefined,
    });
  // “Now” stays fixed until a refresh, so that the pages of the list fit together.
  const { now, refreshBy, refresh } = useRefreshedNow();
  const reload = () => refreshBy((later) => queryClient.fetchInfiniteQuery({ ...listAt(later), staleTime: 0 }));
  const list = useInfiniteQuery({ ...listAt(now), placeholderData: keepPreviousData });
  const stale = useStale(list, refresh);
  const entries = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="space-y-4">
      <ActivityFilters view={view} onChange={changeView}>
        <div className="ml-auto">
          <RefreshButton isLoading={refresh.isPending || list.isRefetching} onClick={reload} />
        </div>
      </ActivityFilters>
      {stale !== null && <StaleNotice what="activity" error={stale} onRetry={reload} />}
      {list.isPending ? (
        <SkeletonRows rows={10} label="Loading activity" />
      ) : list.isError && !list.data ? (
        <ProblemNotice what="activity" error={list.error} onRetry={() => void list.refetch()} />
      ) : entries.length === 0 ? (
        <EmptyState icon={History} title="No activity">
          No activity matches. Try a longer range or clear a filter.
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
