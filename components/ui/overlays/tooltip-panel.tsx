"use client";

import { Tooltip as Radix } from "radix-ui";
import type { Tip } from "./tooltips";

interface TooltipPanelProps {
  readonly tip: Tip;
  readonly onClose: () => void;
}

/** A tip beside what it is about. For the eye alone: screen readers have read the name, or the whole of the text. */
export default function TooltipPanel({ tip, onClose }: TooltipPanelProps) {
  const { left, top, width, height } = tip.target.getBoundingClientRect();
  return (
    <Radix.Provider>
      <Radix.Root open onOpenChange={(open) => !open && onClose()}>
        {/* Radix places the tip by its trigger; this stands for the element, which knows nothing of it. */}
        <Radix.Trigger asChild>
          <span aria-hidden className="pointer-events-none fixed" style={{ left, top, width, height }} />
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            aria-hidden
            data-tooltip=""
            sideOffset={6}
            collisionPadding={8}
            className="z-60 max-h-64 max-w-[min(24rem,calc(100vw-1rem))] animate-appear overflow-hidden rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-popover"
          >
            <bdi dir="auto" className="line-clamp-[15] wrap-anywhere whitespace-pre-wrap">
              {tip.text}
            </bdi>
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
