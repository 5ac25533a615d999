"use client";

import clsx from "clsx";
import { buttonStyle } from "@/components/ui/button";

interface LiveToggleProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  /** Why live updates are unavailable, or null. */
  readonly unavailable: string | null;
  readonly state: "running" | "paused" | "interrupted";
}

const HINTS = {
  running: "Live",
  paused: "Paused while you scroll. Return to the top to resume.",
  interrupted: "Connection lost. Retrying…",
} as const;

const DOT_STYLES = {
  running: "animate-breathe bg-accent",
  paused: "bg-faint",
  interrupted: "bg-caution",
} as const;

/** Turns live updates on or off. */
export function LiveToggle({ isOn, onChange, unavailable, state }: LiveToggleProps) {
  const isLive = isOn && unavailable === null;
  return (
    <button
      type="button"
      aria-pressed={isLive}
      aria-disabled={unavailable !== null || undefined}
      title={unavailable ?? (isOn ? HINTS[state] : "Show new events as they arrive")}
      className={clsx(buttonStyle("quiet"), isLive && "text-ink!")}
      onClick={() => unavailable === null && onChange(!isOn)}
    >
      <span
        aria-hidden
        className={clsx(
          "size-2 rounded-full",
          isLive ? DOT_STYLES[state] : "shadow-[inset_0_0_0_1.5px_var(--color-faint)]",
        )}
      />
      Live
    </button>
  );
}
