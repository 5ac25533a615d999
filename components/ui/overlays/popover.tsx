"use client";

import { useRef, type ReactNode } from "react";
import { lazy } from "@/components/ui/lazy";

interface PopoverProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The pointer or the focus has come near: the time to load what is within. */
  readonly onNear?: () => void;
  /** What the button that opens it shows, and its look. */
  readonly trigger: ReactNode;
  readonly triggerClassName: string;
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

const PopoverPanel = lazy(() => import("./popover-panel"));

/** A button, and what it opens beside itself. What that is made with is loaded when the pointer or focus comes near. */
export function Popover({
  open,
  onOpenChange,
  onNear,
  trigger,
  triggerClassName,
  label,
  className,
  children,
}: PopoverProps) {
  const button = useRef<HTMLButtonElement>(null);
  const prepare = () => {
    PopoverPanel.preload();
    onNear?.();
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
        // Before the panel has come, which then listens itself.
        onKeyDown={(event) => event.key === "Escape" && onOpenChange(false)}
      >
        {trigger}
      </button>
      {open && (
        <PopoverPanel anchor={button} label={label} onOpenChange={onOpenChange} className={className}>
          {children}
        </PopoverPanel>
      )}
    </>
  );
}
