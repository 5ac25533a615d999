"use client";

import clsx from "clsx";
import { ListFilter } from "lucide-react";
import { lazy } from "@/components/ui/lazy";
import { Menu } from "@/components/ui/overlays/menu";
import type { FilterableValue } from "./filterable-values";

const ValueItems = lazy(() => import("./value-items"));

interface ValueMenuProps {
  /** What the values belong to, as in “actor”. */
  readonly what: string;
  readonly values: readonly FilterableValue[];
  readonly className?: string;
  readonly tabIndex?: 0 | -1;
}

/** A button next to a value on screen. Its menu filters for the value, filters it out or copies it. */
export function ValueMenu({ what, values, className, tabIndex = 0 }: ValueMenuProps) {
  return (
    <span className="flex shrink-0">
      <Menu
        onPreload={ValueItems.preload}
        triggerLabel={`Filter or copy ${what}`}
        triggerTabIndex={tabIndex}
        triggerClassName={clsx(
          "grid size-6 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink data-[state=open]:bg-hover [&_svg]:size-3.5",
          className,
        )}
        trigger={<ListFilter aria-hidden />}
        className="w-60"
      >
        {values.map((each) => (
          <ValueItems key={`${each.field} ${each.value}`} {...each} />
        ))}
      </Menu>
    </span>
  );
}
