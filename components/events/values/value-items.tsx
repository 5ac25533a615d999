"use client";

import { Copy, Filter, FilterX } from "lucide-react";
import { MenuGroup, MenuItem } from "@/components/ui/overlays/menu-items";
import { useCopy } from "@/components/ui/use-copy";
import { useEventView, useOpenEvent } from "@/components/events/filters/event-view";
import { FIELD_LABELS } from "@/components/events/filters/filter-fields";
import type { FilterableValue } from "./filterable-values";
import { filterFor, filterOut, type ChosenFilters, type FilterMode } from "@/components/events/filters/chosen-filters";

/** What a menu offers for one value. */
export default function ValueItems({ field, value }: FilterableValue) {
  const [view, changeView] = useEventView();
  const [, setOpenEvent] = useOpenEvent();
  const copy = useCopy();
  const only = filterFor(view, field, value);
  const without = filterOut(view, field, value);
  const narrow = (change: Pick<ChosenFilters, FilterMode> | null) => {
    if (!change) return;
    changeView(change);
    // To what is left, and away from an event that may not be of it.
    setOpenEvent(null);
  };
  return (
    <MenuGroup
      label={
        <>
          {FIELD_LABELS[field].label}{" "}
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
