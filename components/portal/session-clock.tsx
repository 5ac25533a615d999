"use client";

import clsx from "clsx";
import { useEffect, useState } from "react";

const MINUTE = 60_000;
const SOON = 10;

/** How long the session still lasts, to the minute. The server's clock counts; this only tells. */
export function SessionClock({ expiresAt }: { readonly expiresAt: Date }) {
  const [minutes, setMinutes] = useState<number | null>(null);
  const end = expiresAt.getTime();
  useEffect(() => {
    const look = () => setMinutes(Math.max(0, Math.ceil((end - Date.now()) / MINUTE)));
    look();
    const timer = setInterval(look, MINUTE / 4);
    return () => clearInterval(timer);
  }, [end]);

  const soon = minutes !== null && minutes <= SOON;
  return (
    <span
      role="timer"
      aria-label="Session"
      className={clsx("text-xs whitespace-nowrap", soon ? "text-caution" : "text-muted")}
    >
      {minutes !== null && words(minutes)}
    </span>
  );
}

function words(minutes: number): string {
  if (minutes === 0) return "Session has ended";
  const hours = Math.floor(minutes / 60);
  return `Session ends in ${hours > 0 ? `${hours} h ` : ""}${minutes % 60} min`;
}
