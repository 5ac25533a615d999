"use client";

import { useId, useRef, useState, type ReactNode, type Ref } from "react";
import { lazy } from "@/components/ui/lazy";

interface MenuProps {
  /** What the button that opens it shows, and its look. */
  readonly trigger: ReactNode;
  readonly triggerClassName: string;
  /** For a button that shows no words. */
  readonly triggerLabel?: string;
  readonly triggerRef?: Ref<HTMLButtonElement>;
  /** The pointer or the focus has come near: the time to load what is within. */
  readonly onNear?: () => void;
  /** -1 where Tab passes over the button. */
  readonly triggerTabIndex?: 0 | -1;
  readonly align?: "start" | "end";
  readonly side?: "top" | "bottom";
  readonly className?: string;
  /** Of the items in `./menu-items`; rendered only while the menu is open. */
  readonly children: ReactNode;
}

const MenuPanel = lazy(() => import("./menu-panel"));

/** A button with a menu. What the menu is made with is loaded when the pointer or focus comes near. */
export function Menu({
  trigger,
  triggerClassName,
  triggerLabel,
  triggerRef,
  triggerTabIndex,
  onNear,
  children,
  ...panel
}: MenuProps) {
  const id = useId();
  const frame = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const prepare = () => {
    MenuPanel.preload();
    onNear?.();
  };
  return (
    <span ref={frame} className="relative flex min-w-0">
      <button
        ref={triggerRef}
        id={id}
        type="button"
        aria-label={triggerLabel}
        tabIndex={triggerTabIndex}
        aria-haspopup="menu"
        aria-expanded={open}
        data-state={open ? "open" : "closed"}
        className={triggerClassName}
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") setOpen(true);
          else if (event.key === "Escape") setOpen(false);
          else return;
          event.preventDefault();
        }}
      >
        {trigger}
      </button>
      {open && (
        <MenuPanel triggerId={id} frame={frame} onOpenChange={setOpen} {...panel}>
          {children}
        </MenuPanel>
      )}
    </span>
  );
}
