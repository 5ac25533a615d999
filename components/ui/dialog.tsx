"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { buttonStyle } from "./button";

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Where the focus goes afterwards when what opened the dialog is gone by then, as a menu's item is. */
  readonly returnFocusTo?: RefObject<HTMLElement | null> | undefined;
  /** `alertdialog` for a question that must be answered. */
  readonly role?: "dialog" | "alertdialog";
}

/** A question or a form above the page, which waits. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  returnFocusTo,
  role = "dialog",
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Radix.Content
          role={role}
          className={clsx(
            "fixed inset-x-2 bottom-2 z-40 flex max-h-[calc(100dvh-1rem)] animate-rise flex-col rounded-xl bg-raised shadow-dialog outline-none",
            "sm:inset-x-0 sm:top-[12dvh] sm:bottom-auto sm:mx-auto sm:max-h-[76dvh] sm:w-full sm:max-w-lg",
          )}
          // A press beside it must not lose what was typed, or a secret that is shown once. Escape and the buttons close.
          onInteractOutside={(event) => event.preventDefault()}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={(event) => {
            if (!returnFocusTo?.current) return;
            event.preventDefault();
            returnFocusTo.current.focus();
          }}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className="flex items-start gap-4 px-6 pt-5">
            <div className="min-w-0 grow">
              <Radix.Title className="text-lg font-semibold tracking-[-0.01em] break-words">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>}
            </div>
            <Radix.Close className={clsx(buttonStyle("quiet", "icon"), "-mt-1 -mr-2")} aria-label="Close">
              <X aria-hidden />
            </Radix.Close>
          </header>
          <div className="min-h-0 grow overflow-y-auto px-6 pt-4 pb-6">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** To what is to be filled in, or else to the dialog itself, so that no key presses its first button by chance. */
function focusFirstField(event: Event): void {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return;
  event.preventDefault();
  (target.querySelector("input") ?? target).focus();
}

/** The row of buttons that ends a dialog. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap justify-end gap-2">{children}</div>;
}
