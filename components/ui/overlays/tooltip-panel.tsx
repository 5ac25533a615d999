"use client";

import { Tooltip as Radix } from "radix-ui";

export interface Tip {
  readonly target: HTMLElement;
  readonly text: string;
}

interface TooltipPanelProps {
  readonly tip: Tip;
  readonly onClose: () => void;
}

/** Shows a tip next to its target. It is hidden from screen readers, which read the target's name or full text anyway. */
export default function TooltipPanel({ tip, onClose }: TooltipPanelProps) {
  const { left, top, width, height } = tip.target.getBoundingClientRect();
  return (
    <Radix.Provider>
      <Radix.Root open onOpenChange={(open) => !open && onClose()}>
        {/* Radix positions the tip at its trigger. This span covers the target, which has no tooltip code of its own. */}
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
