"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { FilterField } from "@/schemas/event-filters";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { MultiSelect } from "@/components/ui/multi-select";

/** As many as schemas/event-filters takes for one field. */
const MOST_VALUES = 100;

interface ValueFilterProps {
  readonly organizationId: string;
  readonly field: FilterField;
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
}

/** The values of one field, chosen from those that the organization's events have. */
export function ValueFilter({ organizationId, field, label, values, onChange }: ValueFilterProps) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const asked = useDeferredValue(search.trim());
  const found = useQuery({
    ...trpc.events.filterValues.queryOptions({ organizationId, field, search: asked }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  return (
    <MultiSelect
      label={label}
      values={values}
      onChange={onChange}
      most={MOST_VALUES}
      options={(found.data ?? []).map((value) => ({ value, label: value }))}
      note={noteOf(found)}
      search={search}
      onSearch={setSearch}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setSearch("");
      }}
    />
  );
}

function noteOf(found: {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly data: readonly unknown[] | undefined;
}): string | null {
  if (found.error) return problemOf(found.error).message;
  if (found.isPending) return "Looking…";
  return found.data?.length === 0 ? "Nothing found." : null;
}
