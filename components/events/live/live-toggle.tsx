"use client";

import clsx from "clsx";
import { buttonStyle } from "@/components/ui/button";

interface LiveToggleProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  /** Why nothing new can come into the list, or null. */
  readonly refusal: string | null;
  readonly state: "running" | "paused" | "interrupted";
}

const HINTS = {
  running: "New events show by themselves.",
  paused: "Paused while you read. New events show again at the top of the list.",
  interrupted: "The server could not be asked for new events. Trying again.",
} as const;

/** Whether new events show by themselves. */
export function LiveToggle({ isOn, onChange, refusal, state }: LiveToggleProps) {
  const isLive = isOn && refusal === null;
  return (
    <button
      type="button"
      aria-pressed={isLive}
      aria-disabled={refusal !== null || undefined}
      title={refusal ?? (isOn ? HINTS[state] : "Show new events by themselves")}
      className={clsx(buttonStyle("quiet"), isLive && "text-ink!")}
      onClick={() => refusal === null && onChange(!isOn)}
    >
      <span
        aria-hidden
        className={clsx("size-2 rounded-full", isLive ? look[state] : "shadow-[inset_0_0_0_1.5px_var(--color-faint)]")}
      />
      Live
    </button>
  );
}

const look = {
  running: "animate-breathe bg-accent",
  paused: "bg-faint",
  interrupted: "bg-caution",
} as const;
