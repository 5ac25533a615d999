"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { MOST_VALUES } from "@/schemas/filter-limits";
import { findingNote } from "@/components/feedback/search-note";
import { useTRPC } from "@/components/trpc/context";
import { MultiSelect } from "@/components/ui/forms/multi-select";
import type { FieldWords } from "./filter-fields";
import { SideSwitch } from "./filter-mode-switch";
import { withValues, type Narrowing, type Side } from "./chosen-filters";

interface ValueFilterProps {
  readonly organizationId: string;
  readonly words: FieldWords;
  readonly narrowing: Narrowing;
  readonly onChange: (change: Pick<Narrowing, Side>) => void;
}

/** The values of one field, chosen from those that the organization's events have, to filter for or out. */
export function ValueFilter({ organizationId, words, narrowing, onChange }: ValueFilterProps) {
  const { field, label } = words;
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [side, setSide] = useState<Side>("values");
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
      values={narrowing[side][field]}
      onChange={(chosen) => onChange(withValues(narrowing, side, field, chosen))}
      most={MOST_VALUES}
      options={(found.data ?? []).map((value) => ({ value, label: value }))}
      note={findingNote(found, found.data?.length === 0)}
      search={search}
      onSearch={setSearch}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setSide("values");
      }}
      head={<SideSwitch noun={words.noun} side={side} onChange={setSide} />}
    />
  );
}
