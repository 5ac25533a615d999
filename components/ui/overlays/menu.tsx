"use client";

import { useId, useRef, useState, type ReactNode, type Ref } from "react";
import { lazy } from "@/components/ui/lazy";
import type { MenuPanelProps } from "./menu-panel";

interface MenuProps extends Omit<MenuPanelProps, "triggerId" | "frame" | "onOpenChange"> {
  /** The content of the trigger button. */
  readonly trigger: ReactNode;
  readonly triggerClassName: string;
  /** Names a trigger button without text. */
  readonly triggerLabel?: string;
  readonly triggerRef?: Ref<HTMLButtonElement>;
  /** Called when the pointer or focus reaches the trigger, to load what the menu contains. */
  readonly onPreload?: () => void;
  /** Use -1 to make Tab skip the trigger. */
  readonly triggerTabIndex?: 0 | -1;
}

const MenuPanel = lazy(() => import("./menu-panel"));

/**
 * A button with a menu of the items in `./menu-items`, which render only while the menu is open. The menu's code is loaded
 * when the pointer or focus reaches the button.
 */
export function Menu({
  trigger,
  triggerClassName,
  triggerLabel,
  triggerRef,
  triggerTabIndex,
  onPreload,
  children,
  ...panel
}: MenuProps) {
  const id = useId();
  const frame = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const prepare = () => {
    MenuPanel.preload();
    onPreload?.();
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
