"use client";

import { lazy, Suspense, useRef, type ReactNode } from "react";

interface PopoverProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What the button that opens it shows, and its look. */
  readonly trigger: ReactNode;
  readonly triggerClassName: string;
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

const load = () => import("./popover-panel");
const PopoverPanel = lazy(load);

/** A button, and what it opens beside itself. What that is made with is loaded when the pointer or focus comes near. */
export function Popover({ open, onOpenChange, trigger, triggerClassName, label, className, children }: PopoverProps) {
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        data-state={open ? "open" : "closed"}
        className={triggerClassName}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => onOpenChange(!open)}
      >
        {trigger}
      </button>
      {open && (
        <Suspense fallback={null}>
          <PopoverPanel anchor={button} label={label} onOpenChange={onOpenChange} className={className}>
            {children}
          </PopoverPanel>
        </Suspense>
      )}
    </>
  );
}
