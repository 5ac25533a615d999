"use client";

import clsx from "clsx";
import { Popover as Radix } from "radix-ui";
import type { ReactNode, RefObject } from "react";

export interface PopoverPanelProps {
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly label: string;
  readonly onOpenChange: (open: boolean) => void;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** Renders an open popover. It is modal, so that the wheel scrolls its list even inside a dialog. */
export default function PopoverPanel({ anchor, label, onOpenChange, className, children }: PopoverPanelProps) {
  return (
    <Radix.Root open modal onOpenChange={onOpenChange}>
      <Radix.Anchor virtualRef={anchor} />
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className={clsx(
            "z-50 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-1rem)] animate-rise overflow-hidden rounded-lg bg-raised shadow-popover outline-none",
            className,
          )}
          onOpenAutoFocus={focusSearch}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            anchor.current?.focus();
          }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Focuses the search field, if there is one, even when other controls come before it. */
function focusSearch(event: Event): void {
  const search = event.target instanceof HTMLElement ? event.target.querySelector("[role=combobox]") : null;
  if (!(search instanceof HTMLElement)) return;
  event.preventDefault();
  search.focus();
}
