"use client";

import clsx from "clsx";
import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";

/** Not modal: what an item opens may take the focus and the screen at once. */
export function Menu({ children }: { readonly children: ReactNode }) {
  return <Radix.Root modal={false}>{children}</Radix.Root>;
}

export const MenuTrigger = Radix.Trigger;
export const MenuRadioGroup = Radix.RadioGroup;

export function MenuContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={6}
        collisionPadding={8}
        className={clsx(
          "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-rise overflow-y-auto rounded-lg bg-raised p-1 shadow-popover",
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  );
}

const itemStyle = clsx(
  "flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 outline-none select-none",
  "data-disabled:text-faint data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted",
);

export function MenuItem({ className, ...rest }: ComponentProps<typeof Radix.Item>) {
  return <Radix.Item className={clsx(itemStyle, className)} {...rest} />;
}

/** One of a `MenuRadioGroup`, ticked when it is the chosen one. */
export function MenuRadioItem({ children, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={clsx(itemStyle, "pr-8 pl-2")} {...rest}>
      <span className="flex min-w-0 grow items-center gap-2.5">{children}</span>
      <Radix.ItemIndicator className="-mr-6">
        <Check aria-hidden className="text-accent!" />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Radix.Label className="px-2 pt-2 pb-1 text-xs text-faint">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="mx-1 my-1 h-px bg-line" />;
}
