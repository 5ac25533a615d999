"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/context";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import type { SearchedPage } from "./search-progress-label";

interface Listed {
  readonly data: { readonly pages: readonly SearchedPage[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isPlaceholderData: boolean;
}

/** Whether a list holds every match: it has come to its end, or to as many as an exact count says; a count looks further at once. */
export function useIsComplete(organizationId: string, filters: EventFiltersInput, list: Listed): boolean {
  const trpc = useTRPC();
  const pages = list.data?.pages ?? [];
  const isShort = pages.at(-1)?.searched !== null && !list.isPlaceholderData;
  const { data: counted } = useQuery({
    ...trpc.events.count.queryOptions({ organizationId, filters }),
    enabled: isShort && list.hasNextPage,
  });
  const found = pages.reduce((sum, page) => sum + page.items.length, 0);
  return !list.hasNextPage || (isShort && counted?.capped === false && counted.count <= found);
}
