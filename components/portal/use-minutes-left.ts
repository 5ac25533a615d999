import { useEffect, useState } from "react";
import { serverNow } from "@/components/time/server-clock";

const MINUTE = 60_000;

/**
 * Returns the minutes until `end`, rounded up, or null during server rendering. For display only: the server decides when
 * the session ends.
 */
export function useMinutesLeft(end: Date): number | null {
  const [minutes, setMinutes] = useState<number | null>(null);
  const endTime = end.getTime();
  useEffect(() => {
    const update = () => setMinutes(Math.max(0, Math.ceil((endTime - serverNow()) / MINUTE)));
    update();
    const timer = setInterval(update, MINUTE / 4);
    // Browsers pause timers in hidden pages.
    document.addEventListener("visibilitychange", update);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", update);
    };
  }, [endTime]);
  return minutes;
}
