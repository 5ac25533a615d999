"use client";

import { Progress as Radix } from "radix-ui";

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  /** Null while unknown. The bar is then indeterminate. */
  readonly total: number | null;
}

/** A progress bar. */
export function Progress({ label, done, total }: ProgressProps) {
  const share = total === null ? null : total === 0 ? 1 : Math.min(done / total, 1);
  return (
    <Radix.Root
      aria-label={label}
      value={share === null ? null : Math.round(share * 100)}
      className="relative h-1.5 w-full overflow-hidden rounded-full bg-line"
    >
      {share === null ? (
        <Radix.Indicator className="block h-full w-1/3 animate-sweep rounded-full bg-accent" />
      ) : (
        <Radix.Indicator
          className="block h-full origin-left rounded-full bg-accent transition-transform duration-1000 ease-linear"
          style={{ transform: `scaleX(${share})` }}
        />
      )}
    </Radix.Root>
  );
}
