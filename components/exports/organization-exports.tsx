"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/context";
import { ExportTable } from "./export-table";
import { pollWhilePending } from "./poll-while-pending";

interface OrganizationExportsProps {
  readonly organizationId: string;
  readonly canExport: boolean;
  /** What the button to export is called here. */
  readonly howTo: string;
}

/** One organization's exports; the same in the dashboard and in the portal. */
export function OrganizationExports({ organizationId, canExport, howTo }: OrganizationExportsProps) {
  const trpc = useTRPC();
  const list = useInfiniteQuery({
    ...trpc.exports.list.infiniteQueryOptions(
      { organizationId },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
    refetchInterval: pollWhilePending,
  });
  return (
    <ExportTable
      list={list}
      canExport={canExport}
      whenEmpty={`Choose ${howTo} to have the events you filter for written to a file. It appears here while it is being made.`}
    />
  );
}
