"use client";

import { useState } from "react";
import type { Refresh } from "@/components/time/use-refreshed-now";

interface Query {
  readonly isFetching: boolean;
  readonly isRefetchError: boolean;
  readonly error: unknown;
  readonly dataUpdatedAt: number;
}

/**
 * Returns why the shown data could not be refreshed, or null. The error stays until the next response arrives, so that the
 * notice does not flicker while a request is running.
 */
export function useStale(list: Query, refresh?: Refresh): unknown {
  const [reason, setReason] = useState<unknown>(null);
  const latest = list.isRefetchError ? list.error : null;
  if (!list.isFetching && latest !== reason) setReason(latest);
  // A failed refresh only counts for data loaded before it began. A new query that has no data yet is not stale.
  const isOlder = refresh !== undefined && list.dataUpdatedAt > 0 && refresh.startedAt > list.dataUpdatedAt;
  return reason ?? (isOlder ? refresh.error : null);
}
