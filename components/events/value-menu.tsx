"use client";

import clsx from "clsx";
import { Copy, Filter, FilterX, ListFilter } from "lucide-react";
import { Menu } from "@/components/ui/menu";
import { MenuGroup, MenuItem } from "@/components/ui/menu-items";
import { useCopy } from "@/components/ui/use-copy";
import { useEventView, useOpenEvent } from "./event-view";
import { WORDS } from "./filter-fields";
import type { FilterableValue } from "./filterable-values";
import { filterFor, filterOut, type Narrowing, type Side } from "./narrowing";

interface ValueMenuProps {
  /** Of what the values are, as in “actor”. */
  readonly what: string;
  readonly values: readonly FilterableValue[];
  readonly className?: string;
  readonly tabIndex?: 0 | -1;
}

/** Beside something on screen: filters for it or out, or copies it. */
export function ValueMenu({ what, values, className, tabIndex = 0 }: ValueMenuProps) {
  return (
    <span className="flex shrink-0">
      <Menu
        triggerLabel={`Filter by or copy ${what}`}
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

function ValueItems({ field, value }: FilterableValue) {
  const [view, changeView] = useEventView();
  const [, setOpenEvent] = useOpenEvent();
  const copy = useCopy();
  const only = filterFor(view, field, value);
  const without = filterOut(view, field, value);
  const narrow = (change: Pick<Narrowing, Side> | null) => {
    if (!change) return;
    changeView(change);
    // To what is left, and away from an event that may not be of it.
    setOpenEvent(null);
  };
  return (
    <MenuGroup
      label={
        <>
          {WORDS[field].label}{" "}
          <bdi data-tip={value} className="text-muted">
            {value}
          </bdi>
        </>
      }
    >
      <MenuItem disabled={!only} onSelect={() => narrow(only)}>
        <Filter aria-hidden />
        Filter for
      </MenuItem>
      <MenuItem disabled={!without} onSelect={() => narrow(without)}>
        <FilterX aria-hidden />
        Filter out
      </MenuItem>
      <MenuItem onSelect={() => void copy(value)}>
        <Copy aria-hidden />
        Copy
      </MenuItem>
    </MenuGroup>
  );
}
