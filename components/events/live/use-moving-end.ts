"use client";

import { useEffect, useState } from "react";
import { nextMinute } from "@/components/time/time-range";

/** `now`, or while it moves the minute that has come since: for what is reckoned anew once a minute, in a tab in sight. */
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
