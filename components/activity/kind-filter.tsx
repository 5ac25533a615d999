"use client";

import { useState } from "react";
import { MultiSelect } from "@/components/ui/forms/multi-select";
import { ACTIVITY_KINDS, type ActivityKind } from "@/schemas/activity/activity-actions";
import { KIND_LABELS } from "./activity-labels";

interface KindFilterProps {
  readonly values: readonly ActivityKind[];
  readonly onChange: (values: ActivityKind[]) => void;
}

/** Filters by the type of entry. */
export function KindFilter({ values, onChange }: KindFilterProps) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const options = ACTIVITY_KINDS.map((value) => ({ value, label: KIND_LABELS[value] }));
  const query = search.trim().toLowerCase();
  return (
    <MultiSelect
      label="Type"
      values={values}
      onChange={(chosen) => onChange(ACTIVITY_KINDS.filter((kind) => chosen.includes(kind)))}
      maxValues={ACTIVITY_KINDS.length + 1}
      options={options.filter(({ label }) => label.toLowerCase().includes(query))}
      note={null}
      search={search}
      onSearch={setSearch}
      open={open}
      onOpenChange={setOpen}
    />
  );
}
