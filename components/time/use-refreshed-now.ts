"use client";

import { useState } from "react";
import { nextMinute } from "./time-range";

/** State of the last refresh, for `useStale` and the refresh button. */
export interface Refresh {
  readonly isPending: boolean;
  readonly error: unknown;
  /** Start time in milliseconds. */
  readonly startedAt: number;
}

/**
 * Holds the time at which ranges that end now end. `refreshBy` loads data as of the current time and advances `now` only
 * once that succeeds, so that the old data stays on screen until then, or if it fails. `setNow` advances it at once.
 */
export function useRefreshedNow() {
  const [now, setNow] = useState(nextMinute);
  const [refresh, setRefresh] = useState<Refresh>({ isPending: false, error: null, startedAt: 0 });
  const refreshBy = (load: (now: Date) => Promise<unknown>) => {
    if (refresh.isPending) return;
    const later = nextMinute();
    const startedAt = Date.now();
    setRefresh({ isPending: true, error: null, startedAt });
    load(later).then(
      () => {
        setNow(later);
        setRefresh({ isPending: false, error: null, startedAt });
      },
      (error: unknown) => setRefresh({ isPending: false, error, startedAt }),
    );
  };
  return { now, setNow, refreshBy, refresh };
}
