"use client";

import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { searchNote } from "@/components/feedback/search-note";
import { useTRPC } from "@/components/trpc/context";
import { MultiSelect } from "@/components/ui/forms/multi-select";
import { MAX_ACTIVITY_FILTER_VALUES } from "@/schemas/limits";

interface OrganizationFilterProps {
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
}

/** Filters by the organization whose events, exports or links entries are about. */
export function OrganizationFilter({ values, onChange }: OrganizationFilterProps) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const deferredSearch = useDeferredValue(search.trim());
  const found = useQuery({
    ...trpc.organizations.list.queryOptions({ search: deferredSearch, limit: 50 }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  // Fetches the names of organizations selected in the URL. A deleted one shows its ID.
  const chosen = useQueries({
    queries: values.map((organizationId) => ({
      ...trpc.organizations.byId.queryOptions({ organizationId }),
      staleTime: Infinity,
    })),
  });
  const known = deferredSearch === "" ? chosen.flatMap(({ data }) => data ?? []) : [];
  const listed = (found.data?.items ?? []).filter(({ id }) => !known.some((each) => each.id === id));
  const options = [...known, ...listed].map(({ id, name }) => ({ value: id, label: name }));
  return (
    <MultiSelect
      label="Organization"
      values={values}
      onChange={onChange}
      maxValues={MAX_ACTIVITY_FILTER_VALUES}
      options={options}
      note={searchNote(found, options.length === 0)}
      search={search}
      onSearch={setSearch}
      open={open}
      onOpenChange={setOpen}
    />
  );
}
