"use client";

import { useEffect, useState } from "react";
import { nextMinute } from "@/components/time/time-range";

/** Returns `now`, or the current minute while `isMoving` is true and the tab is visible. Updates once a minute. */
export function useMovingEnd(now: Date, { isMoving }: { readonly isMoving: boolean }): Date {
  const [moved, setMoved] = useState(now);
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") setMoved(nextMinute());
    }, 60_000);
    return () => clearInterval(timer);
  }, [isMoving]);
  return moved > now ? moved : now;
}
