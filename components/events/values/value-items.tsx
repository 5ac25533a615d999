"use client";

import { Copy, Filter, FilterX } from "lucide-react";
import { MenuGroup, MenuItem } from "@/components/ui/overlays/menu-items";
import { useToast } from "@/components/ui/overlays/toast";
import { useCopy } from "@/components/ui/use-copy";
import { useEventView, useOpenEvent } from "@/components/events/filters/event-view";
import { EVENT_FILTER_FIELDS } from "@/schemas/events/event-filter-fields";
import type { FilterableValue } from "./filterable-values";
import { filterFor, filterOut, type ChosenFilters, type FilterMode } from "@/components/events/filters/chosen-filters";

/** Menu items that filter for a value, filter it out or copy it. */
export default function ValueItems({ field, value }: FilterableValue) {
  const [view, changeView] = useEventView();
  const [, setOpenEvent] = useOpenEvent();
  const copyText = useCopy();
  const toast = useToast();
  const copy = async () => {
    if (await copyText(value)) toast({ tone: "positive", title: "Copied" });
  };
  const only = filterFor(view, field, value);
  const without = filterOut(view, field, value);
  const apply = (change: Pick<ChosenFilters, FilterMode> | null) => {
    if (!change) return;
    changeView(change);
    // The open event may not match the new filters.
    setOpenEvent(null);
  };
  return (
    <MenuGroup
      label={
        <>
          {EVENT_FILTER_FIELDS[field].label}{" "}
          <bdi data-tip={value} className="text-muted">
            {value}
          </bdi>
        </>
      }
    >
      <MenuItem disabled={!only} onSelect={() => apply(only)}>
        <Filter aria-hidden />
        Filter for
      </MenuItem>
      <MenuItem disabled={!without} onSelect={() => apply(without)}>
        <FilterX aria-hidden />
        Filter out
      </MenuItem>
      <MenuItem onSelect={() => void copy()}>
        <Copy aria-hidden />
        Copy
      </MenuItem>
    </MenuGroup>
  );
}
