"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { Timestamp } from "@/components/time/timestamp";
import { useTRPC } from "@/components/trpc/context";
import { EmptyState } from "@/components/ui/empty-state";
import { ForeignText } from "@/components/ui/foreign-text";
import { LoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { RejectedEvent } from "@/schemas/rejected-event";

/** What was refused in the last seven days, newest first, with the reason and what was sent. */
export function RejectedEventList() {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.rejectedEvents.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.next }),
  );
  if (list.isPending) return <SkeletonRows rows={4} label="Loading rejected events" />;
  if (!list.data)
    return <ProblemNotice what="rejected events" error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <EmptyState icon={CircleCheck} title="Nothing was refused">
        Events that do not pass are kept here for seven days, with what is wrong with them.
      </EmptyState>
    );
  }
  return (
    <>
      <ul aria-label="Rejected events" className="divide-y rounded-lg border bg-surface">
        {items.map((item) => (
          <RejectedEventItem key={item.id} item={item} />
        ))}
      </ul>
      <LoadMore list={list} what="rejected events" shown={items.length} />
    </>
  );
}

function RejectedEventItem({ item }: { readonly item: RejectedEvent }) {
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <ForeignText className="font-mono text-xs font-medium">{item.action ?? "no action"}</ForeignText>
        <span className="text-xs text-muted">
          <Timestamp moment={item.createdAt} />
        </span>
      </div>
      <p className="mt-1">{item.message}</p>
      {item.violations.length > 0 && (
        <ul className="mt-1 grid gap-0.5 text-muted">
          {item.violations.map((each) => (
            <li key={`${each.field ?? each.instancePath} ${each.message ?? each.code}`} className="wrap-anywhere">
              <span className="font-mono text-xs text-ink">{each.field ?? each.instancePath}</span>{" "}
              {each.message ?? each.code}
            </li>
          ))}
        </ul>
      )}
      <details className="mt-2">
        <summary className="cursor-pointer text-xs text-muted">What was sent</summary>
        <pre className="mt-2 max-h-64 overflow-auto rounded-md bg-sunken p-3 text-xs whitespace-pre-wrap wrap-anywhere">
          {item.body}
        </pre>
      </details>
    </li>
  );
}
