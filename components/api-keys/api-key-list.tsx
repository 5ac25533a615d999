"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table } from "@/components/ui/table";
import { ApiKeyRow } from "./api-key-row";

/** Lists the environment's keys, including revoked ones. */
export function ApiKeyList({ canManage }: { readonly canManage: boolean }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.apiKeys.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.next ?? undefined }),
  );
  if (list.isPending) return <SkeletonRows rows={3} label="Loading API keys" />;
  if (!list.data) return <ProblemNotice what="API keys" error={list.error} onRetry={() => void list.refetch()} />;
  const keys = list.data.pages.flatMap((page) => page.items);
  if (keys.length === 0) {
    return (
      <EmptyState icon={KeyRound} title="No API keys yet">
        {canManage
          ? "Create one key per backend so you can revoke each one separately."
          : "Ask an admin or owner to create one."}
      </EmptyState>
    );
  }
  return (
    <>
      <Table
        label="API keys"
        columns={["Name", "Scopes", "Created", "Last used", "Status"]}
        className="[--cols:minmax(0,1.2fr)_minmax(0,1fr)_7rem_11rem_9rem]"
      >
        {keys.map((key) => (
          <ApiKeyRow key={key.id} apiKey={key} canManage={canManage} />
        ))}
      </Table>
      <LoadMore list={list} what="API keys" shown={keys.length} />
    </>
  );
}
