"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/context";
import { ExportTable } from "./export-table";
import { pollWhilePending } from "./poll-while-pending";

/** Lists the exports of all organizations in the environment. */
export function EnvironmentExports({ canExport }: { readonly canExport: boolean }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery({
    ...trpc.exports.inEnvironment.infiniteQueryOptions({}, { getNextPageParam: (page) => page.next ?? undefined }),
    refetchInterval: pollWhilePending,
  });
  return (
    <ExportTable
      list={list}
      organization="shown"
      canExport={canExport}
      whenEmpty="Open an organization and choose Actions → Export CSV. Exports requested through the API also appear here."
    />
  );
}
