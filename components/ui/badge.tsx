import clsx from "clsx";
import type { ReactNode } from "react";

type Tone = "neutral" | "positive" | "caution" | "danger" | "accent";

const tones: Record<Tone, string> = {
  neutral: "bg-sunken text-muted shadow-[inset_0_0_0_1px_var(--color-line)]",
  positive: "bg-positive-soft text-positive",
  caution: "bg-caution-soft text-caution",
  danger: "bg-danger-soft text-danger",
  accent: "bg-accent-soft text-accent",
};

/** A short status label. */
export function Badge({ tone = "neutral", children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs font-medium [&_svg]:size-3",
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
