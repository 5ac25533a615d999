"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { KeyboardEvent, ReactNode } from "react";
import { buttonStyle } from "./button";

interface DrawerProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly side: "left" | "right";
  readonly title: string;
  /** Beside the button that closes. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  /** Called when it has closed; `preventDefault` keeps the focus from going back to what opened it. */
  readonly onCloseAutoFocus?: (event: Event) => void;
}

const sides = {
  left: "left-0 w-72 max-w-[85vw] animate-from-left border-r",
  right: "right-0 w-full max-w-xl animate-from-right sm:border-l",
} as const;

/** A panel from the side for what belongs to the page behind it. */
export function Drawer({ open, onOpenChange, side, title, tools, children, ...handlers }: DrawerProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 animate-appear bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          className={clsx("fixed inset-y-0 z-30 flex flex-col bg-surface outline-none", sides[side])}
          {...handlers}
        >
          <header className="flex h-14 shrink-0 items-center gap-1 border-b pr-3 pl-6">
            <Radix.Title className="min-w-0 grow truncate text-base font-semibold">{title}</Radix.Title>
            {tools}
            <Radix.Close className={buttonStyle("quiet", "icon")} aria-label="Close">
              <X aria-hidden />
            </Radix.Close>
          </header>
          <div className="min-h-0 grow overflow-y-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
