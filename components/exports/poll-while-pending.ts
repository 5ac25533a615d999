import type { InfiniteData, Query } from "@tanstack/react-query";
import type { AuditLogExport } from "@/schemas/export";
import type { Page } from "@/schemas/paging";

const INTERVAL = 1_000;

/** For `refetchInterval`: each second while an export on screen is at work, otherwise not at all. */
export function pollWhilePending(
  query: Pick<Query<never, unknown, InfiniteData<Page<AuditLogExport>>>, "state">,
): number | false {
  const pages = query.state.data?.pages ?? [];
  return pages.some((page) => page.items.some((item) => item.state === "pending")) && INTERVAL;
}
