"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { buttonStyle } from "@/components/ui/button";
import type { DialogProps } from "./dialog";
import { useFocusReturn } from "./use-focus-return";

/** The dialog itself, while it is open. */
export default function DialogPanel({
  onOpenChange,
  title,
  description,
  children,
  returnFocusTo,
  role = "dialog",
}: DialogProps) {
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
          // A press beside it must not lose what was typed, or a secret that is shown once. Escape and the buttons close.
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

/** To what is to be filled in, or else to the dialog itself, so that no key presses its first button by chance. */
function focusFirstField(event: Event): void {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return;
  event.preventDefault();
  (target.querySelector("input") ?? target).focus();
}
