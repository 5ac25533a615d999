"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { buttonStyle } from "@/components/ui/button";
import { useFocusReturn } from "./use-focus-return";

export interface DialogPanelProps {
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Receives focus after closing. For dialogs whose opener is gone by then, such as a menu item. */
  readonly returnFocusTo?: RefObject<HTMLElement | null> | undefined;
  /** Use `alertdialog` for a question that must be answered. */
  readonly role?: "dialog" | "alertdialog";
}

/** Renders an open dialog. */
export default function DialogPanel({
  onOpenChange,
  title,
  description,
  children,
  returnFocusTo,
  role = "dialog",
}: DialogPanelProps) {
  const onCloseAutoFocus = useFocusReturn(returnFocusTo);
  return (
    <Radix.Root open onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Radix.Content
          role={role}
          className={clsx(
            "fixed inset-x-2 bottom-2 z-40 flex max-h-[calc(100dvh-1rem)] animate-rise flex-col rounded-xl bg-raised shadow-dialog outline-none",
            "sm:inset-x-0 sm:top-[12dvh] sm:bottom-auto sm:mx-auto sm:max-h-[76dvh] sm:w-full sm:max-w-lg",
          )}
          // Clicking outside must not discard input or a secret that is shown only once. Escape and the buttons still close.
          onInteractOutside={(event) => event.preventDefault()}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={onCloseAutoFocus}
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

/** Focuses the first input, or the dialog itself if it has none, so that a stray key cannot press its first button. */
function focusFirstField(event: Event): void {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return;
  event.preventDefault();
  (target.querySelector("input") ?? target).focus();
}
