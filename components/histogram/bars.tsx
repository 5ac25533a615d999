"use client";

import clsx from "clsx";
import { memo, useId, type ComponentProps } from "react";
import { isSelected, type Bucket, type Selection } from "./selection";

interface BarsProps extends ComponentProps<"div"> {
  readonly buckets: readonly Bucket[];
  /** The accessible name of each bar. */
  readonly labels: readonly string[];
  readonly selection: Selection | null;
  readonly hovered: number | null;
}

/** Draws bars as wide as their time span and as high as their event count. All bars together are one Tab stop. */
export function Bars({ buckets, labels, selection, hovered, ...rest }: BarsProps) {
  const id = useId();
  const highest = Math.max(1, ...buckets.map((bucket) => bucket.estimate));
  return (
    <div
      role="listbox"
      aria-multiselectable
      aria-orientation="horizontal"
      aria-activedescendant={selection ? `${id}${selection.head}` : undefined}
      tabIndex={0}
      className="flex h-14 touch-pan-y cursor-crosshair border-b select-none forced-color-adjust-none"
      {...rest}
    >
      {buckets.map((bucket, index) => (
        <Bar
          key={bucket.from.getTime()}
          id={`${id}${index}`}
          label={labels[index] ?? ""}
          length={bucket.to.getTime() - bucket.from.getTime()}
          counted={bucket.count / highest}
          estimated={bucket.estimate / highest}
          state={selection && isSelected(selection, index) ? "selected" : hovered === index ? "hovered" : "plain"}
        />
      ))}
    </div>
  );
}

interface BarProps {
  readonly id: string;
  readonly label: string;
  readonly length: number;
  /** Share of the height, from 0 to 1. */
  readonly counted: number;
  /** Share of the height, from 0 to 1. */
  readonly estimated: number;
  readonly state: "plain" | "hovered" | "selected";
}

const Bar = memo(function Bar({ id, label, length, counted, estimated, state }: BarProps) {
  return (
    <div
      id={id}
      role="option"
      aria-label={label}
      aria-selected={state === "selected"}
      className={clsx(
        "relative min-w-0 basis-0",
        state === "selected" && "bg-selected",
        state === "hovered" && "bg-hover",
      )}
      style={{ flexGrow: length }}
    >
      <Column share={estimated} className="bg-accent/30" />
      <Column share={counted} className={state === "plain" ? "bg-accent/75" : "bg-accent"} />
    </div>
  );
});

/** Draws part of a bar, at least 2 pixels high unless its share is 0. */
function Column({ share, className }: { readonly share: number; readonly className: string }) {
  if (share === 0) return null;
  return (
    <span
      className={clsx("absolute inset-x-0 bottom-0 mr-px min-h-0.5 rounded-t-[1px]", className)}
      style={{ height: `${share * 100}%` }}
    />
  );
}
