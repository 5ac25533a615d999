"use client";

import clsx from "clsx";
import { useMinutesLeft } from "./use-minutes-left";

const SOON = 10;

/** How long the session still lasts, to the minute. */
export function SessionClock({ expiresAt }: { readonly expiresAt: Date }) {
  const minutes = useMinutesLeft(expiresAt);
  const soon = minutes !== null && minutes <= SOON;
  return (
    <span className={clsx("text-xs whitespace-nowrap", soon ? "text-caution" : "text-muted")}>
      {minutes !== null && words(minutes)}
    </span>
  );
}

function words(minutes: number): string {
  if (minutes === 0) return "Session has expired";
  const hours = Math.floor(minutes / 60);
  return `Session ends in ${hours > 0 ? `${hours} h ` : ""}${minutes % 60} min`;
}
