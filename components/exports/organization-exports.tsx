"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/context";
import { ExportTable } from "./export-table";
import { pollWhilePending } from "./poll-while-pending";

interface OrganizationExportsProps {
  readonly organizationId: string;
  readonly canExport: boolean;
  /** How to open the export dialog on this page, as in “Actions → Export CSV”. */
  readonly howTo: string;
}

/** Lists one organization's exports. The dashboard and the portal share it. */
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
      whenEmpty={`Choose ${howTo} to export filtered events. Progress appears here.`}
    />
  );
}
