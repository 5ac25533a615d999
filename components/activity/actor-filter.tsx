"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { searchNote } from "@/components/feedback/search-note";
import { useTRPC } from "@/components/trpc/context";
import { MultiSelect } from "@/components/ui/forms/multi-select";
import { foldCase } from "@/schemas/fold-case";
import { MAX_ACTIVITY_FILTER_VALUES } from "@/schemas/limits";

interface IdFilterProps {
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
}

/** Filters by users and API keys. */
export function ActorFilter({ values, onChange }: IdFilterProps) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const actors = useQuery({ ...trpc.activity.actors.queryOptions(), enabled: open || values.length > 0 });
  const query = foldCase(search.trim());
  const options = (actors.data ?? [])
    .map(({ id, name, type }) => ({ value: id, label: type === "api_key" ? `${name} (API key)` : name }))
    .filter(({ label }) => foldCase(label).includes(query));
  return (
    <MultiSelect
      label="User"
      values={values}
      onChange={onChange}
      maxValues={MAX_ACTIVITY_FILTER_VALUES}
      options={options}
      note={searchNote(actors, options.length === 0)}
      search={search}
      onSearch={setSearch}
      open={open}
      onOpenChange={setOpen}
    />
  );
}
