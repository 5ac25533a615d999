"use client";

import clsx from "clsx";
import { Popover as Radix } from "radix-ui";
import type { ComponentProps } from "react";

/** Modal, so that the wheel scrolls its list inside a dialog too. */
export function Popover(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal {...props} />;
}

export const PopoverTrigger = Radix.Trigger;
export const PopoverClose = Radix.Close;

export function PopoverContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align="start"
        sideOffset={6}
        collisionPadding={8}
        className={clsx(
          "z-50 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-1rem)] animate-rise overflow-hidden rounded-lg bg-raised shadow-popover outline-none",
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  );
}
