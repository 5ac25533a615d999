import { useEffect, useState } from "react";

const MINUTE = 60_000;

/** The minutes up to `end`, begun ones included; null until the browser has looked. The server's clock counts; this only tells. */
export function useMinutesLeft(end: Date): number | null {
  const [minutes, setMinutes] = useState<number | null>(null);
  const moment = end.getTime();
  useEffect(() => {
    const look = () => setMinutes(Math.max(0, Math.ceil((moment - Date.now()) / MINUTE)));
    look();
    const timer = setInterval(look, MINUTE / 4);
    // Timers stand still in a hidden page.
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [moment]);
  return minutes;
}
