"use client";

import clsx from "clsx";
import { memo, useId, type ComponentProps } from "react";
import { isSelected, type Bucket, type Selection } from "./selection";

interface BarsProps extends ComponentProps<"div"> {
  readonly buckets: readonly Bucket[];
  /** What is said of each bar. */
  readonly words: readonly string[];
  readonly selection: Selection | null;
  readonly hovered: number | null;
}

/** The bars, each as wide as its time and as high as its events; together they are one stop for Tab. */
export function Bars({ buckets, words, selection, hovered, ...rest }: BarsProps) {
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
      {buckets.map((bucket, place) => (
        <Bar
          key={bucket.from.getTime()}
          id={`${id}${place}`}
          label={words[place] ?? ""}
          length={bucket.to.getTime() - bucket.from.getTime()}
          counted={bucket.count / highest}
          estimated={bucket.estimate / highest}
          look={selection && isSelected(selection, place) ? "selected" : hovered === place ? "hovered" : "plain"}
        />
      ))}
    </div>
  );
}

interface BarProps {
  readonly id: string;
  readonly label: string;
  readonly length: number;
  /** Shares of the height. */
  readonly counted: number;
  readonly estimated: number;
  readonly look: "plain" | "hovered" | "selected";
}

const Bar = memo(function Bar({ id, label, length, counted, estimated, look }: BarProps) {
  return (
    <div
      id={id}
      role="option"
      aria-label={label}
      aria-selected={look === "selected"}
      className={clsx(
        "relative min-w-0 basis-0",
        look === "selected" && "bg-selected",
        look === "hovered" && "bg-hover",
      )}
      style={{ flexGrow: length }}
    >
      <Column share={estimated} className="bg-accent/30" />
      <Column share={counted} className={look === "plain" ? "bg-accent/75" : "bg-accent"} />
    </div>
  );
});

/** Seen however small it is, unless it is nothing. */
function Column({ share, className }: { readonly share: number; readonly className: string }) {
  if (share === 0) return null;
  return (
    <span
      className={clsx("absolute inset-x-0 bottom-0 mr-px min-h-0.5 rounded-t-[1px]", className)}
      style={{ height: `${share * 100}%` }}
    />
  );
}
