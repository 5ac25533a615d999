"use client";

import clsx from "clsx";
import { useHydrated } from "./use-hydrated";
import { formatDate, formatOffset, formatTime, type Zone } from "./zone";

interface TimestampProps {
  readonly time: Date;
  readonly zone?: Zone;
  /** `stacked`: date and time with the zone below; `line`: everything on one line; `day`: only the date, the rest on hover. */
  readonly layout?: "stacked" | "line" | "day";
}

/** Shows a time with its zone. The server doesn't know the reader's zone, so it renders UTC. */
export function Timestamp({ time, zone = "local", layout = "line" }: TimestampProps) {
  const shownZone = useHydrated() ? zone : "utc";
  const offset = formatOffset(time, shownZone);
  return (
    <time
      dateTime={time.toISOString()}
      data-tip={time.toISOString()}
      className={clsx(layout === "stacked" ? "md:block" : "whitespace-nowrap")}
    >
      {formatDate(time, shownZone)}
      {layout !== "day" && `, ${formatTime(time, shownZone)}`}
      {layout === "line" && ` ${offset}`}
      {layout === "stacked" && <span className="text-xs text-faint md:block"> {offset}</span>}
    </time>
  );
}
