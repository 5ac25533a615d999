import type { InfiniteData, Query } from "@tanstack/react-query";
import { problemOf } from "@/components/trpc/problem";
import type { AuditLogExport } from "@/schemas/exports/export";
import type { Page } from "@/schemas/paging";

const AT_WORK = 1_000;
const AT_REST = 15_000;

/**
 * For `refetchInterval`: each second while an export on screen is at work, otherwise now and then, for what others ask
 * for; no more once the session is over.
 */
export function pollWhilePending(
  query: Pick<Query<never, unknown, InfiniteData<Page<AuditLogExport>>>, "state">,
): number | false {
  if (query.state.error !== null && problemOf(query.state.error).kind === "signed_out") return false;
  const pages = query.state.data?.pages ?? [];
  return pages.some((page) => page.items.some((item) => item.state === "pending")) ? AT_WORK : AT_REST;
}
