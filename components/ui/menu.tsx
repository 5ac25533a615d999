"use client";

import { lazy, Suspense, useId, useRef, useState, type ReactNode, type Ref } from "react";

interface MenuProps {
  /** What the button that opens it shows, and its look. */
  readonly trigger: ReactNode;
  readonly triggerClassName: string;
  /** For a button that shows no words. */
  readonly triggerLabel?: string;
  readonly triggerRef?: Ref<HTMLButtonElement>;
  readonly align?: "start" | "end";
  readonly side?: "top" | "bottom";
  readonly className?: string;
  /** Of the items in `./menu-items`; rendered only while the menu is open. */
  readonly children: ReactNode;
}

const load = () => import("./menu-panel");
const MenuPanel = lazy(load);

/** A button with a menu. What the menu is made with is loaded when the pointer or focus comes near. */
export function Menu({ trigger, triggerClassName, triggerLabel, triggerRef, children, ...panel }: MenuProps) {
  const id = useId();
  const frame = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <span ref={frame} className="relative flex min-w-0">
      <button
        ref={triggerRef}
        id={id}
        type="button"
        aria-label={triggerLabel}
        aria-haspopup="menu"
        aria-expanded={open}
        data-state={open ? "open" : "closed"}
        className={triggerClassName}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" || open) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {trigger}
      </button>
      {open && (
        <Suspense fallback={null}>
          <MenuPanel triggerId={id} frame={frame} onOpenChange={setOpen} {...panel}>
            {children}
          </MenuPanel>
        </Suspense>
      )}
    </span>
  );
}
