"use client";

import clsx from "clsx";
import { useHydrated } from "./use-hydrated";
import { formatDate, formatOffset, formatTime, type Zone } from "./zone";

interface TimestampProps {
  readonly moment: Date;
  readonly zone?: Zone;
  /** `stacked`: date and time, and the zone below; `line`: all in one; `day`: the date, the rest on hover. */
  readonly look?: "stacked" | "line" | "day";
}

/** A moment with its zone. The server, which does not know the reader's, says it in UTC. */
export function Timestamp({ moment, zone = "local", look = "line" }: TimestampProps) {
  const shown = useHydrated() ? zone : "utc";
  const date = formatDate(moment, shown);
  const time = formatTime(moment, shown);
  const offset = formatOffset(moment, shown);
  return (
    <time
      dateTime={moment.toISOString()}
      data-tip={moment.toISOString()}
      className={clsx(look === "stacked" ? "md:block" : "whitespace-nowrap")}
    >
      {date}
      {look !== "day" && `, ${time}`}
      {look === "line" && ` ${offset}`}
      {look === "stacked" && <span className="text-xs text-faint md:block"> {offset}</span>}
    </time>
  );
}
