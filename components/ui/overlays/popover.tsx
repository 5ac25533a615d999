"use client";

import { useRef, type ReactNode } from "react";
import { lazy } from "@/components/ui/lazy";
import type { PopoverPanelProps } from "./popover-panel";

interface PopoverProps extends Omit<PopoverPanelProps, "anchor"> {
  readonly open: boolean;
  /** Called when the pointer or focus reaches the trigger, to load what the popover contains. */
  readonly onPreload?: () => void;
  /** The content of the trigger button. */
  readonly trigger: ReactNode;
  readonly triggerClassName: string;
}

const PopoverPanel = lazy(() => import("./popover-panel"));

/** A button that opens a panel next to it. The panel's code is loaded when the pointer or focus reaches the button. */
export function Popover({ open, onPreload, trigger, triggerClassName, ...panel }: PopoverProps) {
  const button = useRef<HTMLButtonElement>(null);
  const { onOpenChange } = panel;
  const prepare = () => {
    PopoverPanel.preload();
    onPreload?.();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        data-state={open ? "open" : "closed"}
        className={triggerClassName}
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={() => onOpenChange(!open)}
        // Handles Escape until the panel has loaded and listens for it.
        onKeyDown={(event) => event.key === "Escape" && onOpenChange(false)}
      >
        {trigger}
      </button>
      {open && <PopoverPanel anchor={button} {...panel} />}
    </>
  );
}
