import type { InfiniteData, Query } from "@tanstack/react-query";
import type { AuditLogExport } from "@/schemas/export";
import type { Page } from "@/schemas/paging";

const AT_WORK = 1_000;
const AT_REST = 15_000;

/** For `refetchInterval`: each second while an export on screen is at work, otherwise now and then, for what others ask for. */
export function pollWhilePending(
  query: Pick<Query<never, unknown, InfiniteData<Page<AuditLogExport>>>, "state">,
): number {
  const pages = query.state.data?.pages ?? [];
  return pages.some((page) => page.items.some((item) => item.state === "pending")) ? AT_WORK : AT_REST;
}
