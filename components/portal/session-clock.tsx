"use client";

import clsx from "clsx";
import { useMinutesLeft } from "./use-minutes-left";

/** Minutes before the end at which the clock changes its color. */
const SOON = 10;

/** Shows when the session ends, to the minute. */
export function SessionClock({ expiresAt }: { readonly expiresAt: Date }) {
  const minutes = useMinutesLeft(expiresAt);
  const soon = minutes !== null && minutes <= SOON;
  return (
    <span className={clsx("text-xs whitespace-nowrap", soon ? "text-caution" : "text-muted")}>
      {minutes !== null && endLabel(minutes)}
    </span>
  );
}

function endLabel(minutes: number): string {
  if (minutes === 0) return "Session has expired";
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 ? [`${rest} min`] : [])];
  return `Session ends in ${parts.join(" ")}`;
}
