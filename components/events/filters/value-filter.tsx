"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { MAX_FILTER_VALUES } from "@/schemas/limits";
import { searchNote } from "@/components/feedback/search-note";
import { useTRPC } from "@/components/trpc/context";
import { MultiSelect } from "@/components/ui/forms/multi-select";
import type { LabeledField } from "./filter-fields";
import { FilterModeSwitch } from "./filter-mode-switch";
import { withValues, type ChosenFilters, type FilterMode } from "./chosen-filters";

interface ValueFilterProps {
  readonly organizationId: string;
  readonly words: LabeledField;
  readonly filters: ChosenFilters;
  readonly onChange: (change: Pick<ChosenFilters, FilterMode>) => void;
}

/** The values of one field, chosen from those that the organization's events have, to filter for or out. */
export function ValueFilter({ organizationId, words, filters, onChange }: ValueFilterProps) {
  const { field, label } = words;
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [side, setSide] = useState<FilterMode>("values");
  const [search, setSearch] = useState("");
  const asked = useDeferredValue(search.trim());
  const found = useQuery({
    ...trpc.events.filterValues.queryOptions({ organizationId, field, search: asked }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  return (
    <MultiSelect
      label={side === "values" ? label : `${label} is not`}
      values={filters[side][field]}
      onChange={(chosen) => onChange(withValues(filters, side, field, chosen))}
      most={MAX_FILTER_VALUES}
      options={(found.data ?? []).map((value) => ({ value, label: value }))}
      note={searchNote(found, found.data?.length === 0)}
      search={search}
      onSearch={setSearch}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setSide("values");
      }}
      head={<FilterModeSwitch noun={words.noun} side={side} onChange={setSide} />}
    />
  );
}
