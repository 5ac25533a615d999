"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { findingNote } from "@/components/feedback/search-note";
import { useTRPC } from "@/components/trpc/context";
import { MultiSelect } from "@/components/ui/forms/multi-select";
import { MOST_ACTIVITY_VALUES } from "@/schemas/filter-limits";

interface IdFilterProps {
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
}

/** Who left entries: people and API keys, by their ids. */
export function ActorFilter({ values, onChange }: IdFilterProps) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const actors = useQuery({ ...trpc.activity.actors.queryOptions(), enabled: open || values.length > 0 });
  const wanted = search.trim().toLowerCase();
  const options = (actors.data ?? [])
    .map(({ id, name, type }) => ({ value: id, label: type === "api_key" ? `${name} (API key)` : name }))
    .filter(({ label }) => label.toLowerCase().includes(wanted));
  return (
    <MultiSelect
      label="Person"
      values={values}
      onChange={onChange}
      most={MOST_ACTIVITY_VALUES}
      options={options}
      note={findingNote(actors, options.length === 0)}
      search={search}
      onSearch={setSearch}
      open={open}
      onOpenChange={setOpen}
    />
  );
}
