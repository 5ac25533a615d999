"use client";

import clsx from "clsx";
import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { useId, useRef, type ComponentProps, type ReactNode, type RefObject } from "react";
import { MenuPartsContext, type MenuParts } from "./menu-items";

export interface MenuPanelProps {
  readonly triggerId: string;
  /** Contains the trigger button, which toggles the menu by itself. */
  readonly frame: RefObject<HTMLElement | null>;
  readonly onOpenChange: (open: boolean) => void;
  readonly align?: "start" | "end";
  readonly side?: "top" | "bottom";
  readonly className?: string;
  readonly children: ReactNode;
}

/** Renders an open menu. It is not modal, so that whatever an item opens can take the focus and the screen immediately. */
export default function MenuPanel({
  triggerId,
  frame,
  onOpenChange,
  align = "start",
  side = "bottom",
  className,
  children,
}: MenuPanelProps) {
  const clickedOutside = useRef(false);
  return (
    <Radix.Root open modal={false} onOpenChange={onOpenChange}>
      {/* Radix positions the menu at its trigger. The real button renders before Radix loads, so this span stands in for it. */}
      <Radix.Trigger asChild>
        <span aria-hidden className="pointer-events-none absolute inset-0" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-labelledby={triggerId}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={clsx(
            "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-rise overflow-y-auto rounded-lg bg-raised p-1 shadow-popover",
            className,
          )}
          onInteractOutside={(event) => {
            if (event.target instanceof Node && frame.current?.contains(event.target)) event.preventDefault();
            else clickedOutside.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!clickedOutside.current) document.getElementById(triggerId)?.focus();
          }}
        >
          <MenuPartsContext value={parts}>{children}</MenuPartsContext>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const itemStyle = clsx(
  "flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 outline-none select-none",
  "data-disabled:text-faint data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted",
);

const labelStyle = "px-2 pt-2 pb-1 text-xs text-faint";

function Group({ label, children }: ComponentProps<MenuParts["Group"]>) {
  const id = useId();
  return (
    <Radix.Group aria-labelledby={id} className="not-first:mt-1 not-first:border-t">
      <Radix.Label id={id} className={labelStyle}>
        {/* Clamped in a span of its own: clamped lines would show through the label's padding. */}
        <span className="line-clamp-2 wrap-anywhere">{label}</span>
      </Radix.Label>
      {children}
    </Radix.Group>
  );
}

const parts: MenuParts = {
  Group,
  Item: (props) => <Radix.Item className={itemStyle} {...props} />,
  Label: ({ children }) => <Radix.Label className={labelStyle}>{children}</Radix.Label>,
  RadioGroup: Radix.RadioGroup,
  RadioItem: ({ value, children }) => (
    <Radix.RadioItem value={value} className={clsx(itemStyle, "pr-8 pl-2")}>
      <span className="flex min-w-0 grow items-center gap-2.5">{children}</span>
      <Radix.ItemIndicator className="-mr-6">
        <Check aria-hidden className="text-accent!" />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  ),
  Separator: () => <Radix.Separator className="mx-1 my-1 h-px bg-line" />,
};
