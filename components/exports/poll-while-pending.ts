import type { InfiniteData, Query } from "@tanstack/react-query";
import { problemOf } from "@/components/trpc/problem";
import type { AuditLogExport } from "@/schemas/exports/export";
import type { Page } from "@/schemas/paging";

/** Milliseconds between polls while an export runs, and otherwise. */
const RUNNING_INTERVAL = 1_000;
const IDLE_INTERVAL = 15_000;

/**
 * Computes `refetchInterval` for a list of exports: every second while a listed export runs, otherwise every 15 seconds to
 * find exports that others requested. Stops when the session has ended.
 */
export function pollWhilePending(
  query: Pick<Query<never, unknown, InfiniteData<Page<AuditLogExport>>>, "state">,
): number | false {
  if (query.state.error !== null && problemOf(query.state.error).kind === "signed_out") return false;
  const pages = query.state.data?.pages ?? [];
  return pages.some((page) => page.items.some((item) => item.state === "pending")) ? RUNNING_INTERVAL : IDLE_INTERVAL;
}
