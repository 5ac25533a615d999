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
  readonly field: LabeledField;
  readonly filters: ChosenFilters;
  readonly onChange: (change: Pick<ChosenFilters, FilterMode>) => void;
}

/** Filters by one field: includes or excludes values that occur in the organization's events. */
export function ValueFilter({ organizationId, field: { field, label }, filters, onChange }: ValueFilterProps) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [mode, setMode] = useState<FilterMode>("include");
  const [search, setSearch] = useState("");
  const query = useDeferredValue(search.trim());
  const found = useQuery({
    ...trpc.events.filterValues.queryOptions({ organizationId, field, search: query }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  return (
    <MultiSelect
      label={mode === "include" ? label : `${label} is not`}
      values={filters[mode][field]}
      onChange={(chosen) => onChange(withValues(filters, mode, field, chosen))}
      maxValues={MAX_FILTER_VALUES}
      options={(found.data ?? []).map((value) => ({ value, label: value }))}
      note={searchNote(found, found.data?.length === 0)}
      search={search}
      onSearch={setSearch}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setMode("include");
      }}
      head={<FilterModeSwitch mode={mode} onChange={setMode} />}
    />
  );
}
