"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { KeyboardEvent, ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button";
import { useFocusReturn } from "./use-focus-return";

export interface DrawerPanelProps {
  readonly onOpenChange: (open: boolean) => void;
  readonly side: "left" | "right";
  readonly title: string;
  /** Shown next to the close button. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  /** Called after closing. Call `preventDefault` to keep focus from returning to the opener. */
  readonly onCloseAutoFocus?: (event: Event) => void;
}

const sides = {
  left: "left-0 w-72 max-w-[85vw] animate-from-left border-r",
  right: "right-0 w-full max-w-xl animate-from-right sm:border-l",
} as const;

/** Renders an open drawer. */
export default function DrawerPanel(props: DrawerPanelProps) {
  const returnFocus = useFocusReturn(undefined);
  return (
    <Radix.Root open onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 animate-appear bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          className={clsx("fixed inset-y-0 z-30 flex flex-col bg-surface outline-none", sides[props.side])}
          onKeyDown={props.onKeyDown}
          onCloseAutoFocus={(event) => {
            props.onCloseAutoFocus?.(event);
            returnFocus(event);
          }}
        >
          <header className="flex h-14 shrink-0 items-center gap-1 border-b pr-3 pl-6">
            <Radix.Title className="min-w-0 grow truncate text-base font-semibold">{props.title}</Radix.Title>
            {props.tools}
            <Radix.Close className={buttonStyle("quiet", "icon")} aria-label="Close">
              <X aria-hidden />
            </Radix.Close>
          </header>
          <div className="min-h-0 grow overflow-y-auto">{props.children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
