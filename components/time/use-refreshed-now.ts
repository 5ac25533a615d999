"use client";

import { useState } from "react";
import { nextMinute } from "./time-range";

/** A refresh as it stands, for `useStale` and for the button. */
export interface Refresh {
  readonly isPending: boolean;
  readonly error: unknown;
  /** When it began, in milliseconds. */
  readonly begunAt: number;
}

/**
 * The moment at which ranges up to now end. `refreshBy` moves it on once what it asks for has been answered as of the new
 * one, so that what is shown stays until then, and if that fails; `moveOn` moves it at once.
 */
export function useRefreshedNow() {
  const [now, moveOn] = useState(nextMinute);
  const [refresh, setRefresh] = useState<Refresh>({ isPending: false, error: null, begunAt: 0 });
  const refreshBy = (ask: (now: Date) => Promise<unknown>) => {
    if (refresh.isPending) return;
    const later = nextMinute();
    const begunAt = Date.now();
    setRefresh({ isPending: true, error: null, begunAt });
    ask(later).then(
      () => {
        moveOn(later);
        setRefresh({ isPending: false, error: null, begunAt });
      },
      (error: unknown) => setRefresh({ isPending: false, error, begunAt }),
    );
  };
  return { now, moveOn, refreshBy, refresh };
}
