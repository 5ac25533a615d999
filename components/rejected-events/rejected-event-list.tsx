"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { CircleCheck } from "lucide-react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/forms/select";
import { LoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { choiceParameter } from "@/components/url-state/parameters";
import { useUrlValue } from "@/components/url-state/use-url-state";
import { RejectedEventItem } from "./rejected-event-item";
import { ReplayAll } from "./replay-all";

const OPTIONS = [
  { value: "all", label: "All rejected events" },
  { value: "waiting", label: "Pending" },
  { value: "replayed", label: "Replayed" },
] as const;

const stateParameter = choiceParameter(["all", "waiting", "replayed"]);

interface RejectedEventListProps {
  readonly environmentId: string;
  readonly canManage: boolean;
}

/** Lists the events rejected in the last 7 days, newest first. Admins can replay them. */
export function RejectedEventList({ environmentId, canManage }: RejectedEventListProps) {
  const trpc = useTRPC();
  const [state, setState] = useUrlValue("state", stateParameter);
  const list = useInfiniteQuery({
    ...trpc.rejectedEvents.list.infiniteQueryOptions({ state }, { getNextPageParam: (page) => page.next }),
    placeholderData: keepPreviousData,
  });
  if (list.isPending) return <SkeletonRows rows={4} label="Loading rejected events" />;
  if (!list.data)
    return <ProblemNotice what="rejected events" error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0 && state === "all" && !list.isPlaceholderData) {
    return (
      <EmptyState icon={CircleCheck} title="No rejected events">
        Rejected events are kept for 7 days with the reason. Replay them once the cause is fixed.
      </EmptyState>
    );
  }
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Select label="Show" look="bare" value={state} options={OPTIONS} onChange={setState} />
        {canManage && <ReplayAll />}
      </div>
      {items.length === 0 && list.isPlaceholderData ? (
        <SkeletonRows rows={4} label="Loading rejected events" />
      ) : items.length === 0 ? (
        <EmptyState
          icon={CircleCheck}
          title={state === "waiting" ? "All caught up" : "No replays yet"}
          actions={<Button onClick={() => setState("all")}>Show all rejected events</Button>}
        >
          {state === "waiting"
            ? "Every event rejected in the last 7 days has since been accepted."
            : "Rejected events appear here after a replay is accepted."}
        </EmptyState>
      ) : (
        <div className={clsx("transition-opacity", list.isPlaceholderData && "opacity-50")}>
          <ul aria-label="Rejected events" className="divide-y rounded-lg border bg-surface">
            {items.map((item) => (
              <RejectedEventItem key={item.id} item={item} environmentId={environmentId} canManage={canManage} />
            ))}
          </ul>
          <LoadMore list={list} what="rejected events" shown={items.length} />
        </div>
      )}
    </div>
  );
}
