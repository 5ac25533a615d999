"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/context";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import type { SearchedPage } from "./search-progress-label";

interface PagedList {
  readonly data: { readonly pages: readonly SearchedPage[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isPlaceholderData: boolean;
}

/**
 * Returns whether a list contains all matches: it has reached its end, or as many events as an exact count found. A count
 * scans further at once than a page does.
 */
export function useIsComplete(organizationId: string, filters: EventFiltersInput, list: PagedList): boolean {
  const trpc = useTRPC();
  const pages = list.data?.pages ?? [];
  const isPartlySearched = pages.at(-1)?.searched !== null && !list.isPlaceholderData;
  const { data: counted } = useQuery({
    ...trpc.events.count.queryOptions({ organizationId, filters }),
    enabled: isPartlySearched && list.hasNextPage,
  });
  const found = pages.reduce((sum, page) => sum + page.items.length, 0);
  return !list.hasNextPage || (isPartlySearched && counted?.capped === false && counted.count <= found);
}
