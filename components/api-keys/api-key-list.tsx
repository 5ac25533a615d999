"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table } from "@/components/ui/table";
import { ApiKeyRow } from "./api-key-row";

/** Lists the environment's keys, including revoked ones. */
export function ApiKeyList({ canManage }: { readonly canManage: boolean }) {
  const trpc = useTRPC();
  const keys = useQuery(trpc.apiKeys.list.queryOptions());
  if (keys.isPending) return <SkeletonRows rows={3} label="Loading API keys" />;
  if (!keys.data) return <ProblemNotice what="API keys" error={keys.error} onRetry={() => void keys.refetch()} />;
  if (keys.data.length === 0) {
    return (
      <EmptyState icon={KeyRound} title="No API keys yet">
        {canManage
          ? "Create one key per backend so you can revoke each one separately."
          : "Ask an admin or owner to create one."}
      </EmptyState>
    );
  }
  return (
    <Table
      label="API keys"
      columns={["Name", "Created", "Last used", "Status"]}
      className="[--cols:minmax(0,1fr)_7rem_11rem_9rem]"
    >
      {keys.data.map((key) => (
        <ApiKeyRow key={key.id} apiKey={key} canManage={canManage} />
      ))}
    </Table>
  );
}
