"use client";

import { useState } from "react";
import type { Refresh } from "@/components/time/use-refreshed-now";

interface Asked {
  readonly isFetching: boolean;
  readonly isRefetchError: boolean;
  readonly error: unknown;
  readonly dataUpdatedAt: number;
}

/**
 * Why what is shown could not be brought up to date, or null. It says so until the next answer, and not for a moment while
 * one is awaited.
 */
export function useStale(list: Asked, refresh?: Refresh): unknown {
  const [reason, setReason] = useState<unknown>(null);
  const latest = list.isRefetchError ? list.error : null;
  if (!list.isFetching && latest !== reason) setReason(latest);
  // Of another question, which has no answer yet, it says nothing.
  const isOlder = refresh !== undefined && list.dataUpdatedAt > 0 && refresh.begunAt > list.dataUpdatedAt;
  return reason ?? (isOlder ? refresh.error : null);
}
