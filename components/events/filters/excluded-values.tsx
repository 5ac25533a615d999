"use client";

import { X } from "lucide-react";
import { focusGroup } from "@/components/ui/focus-group";
import { FIELDS } from "./filter-fields";
import { withValues, type ChosenFilters, type FilterMode } from "./chosen-filters";

interface ExcludedValuesProps {
  readonly filters: ChosenFilters;
  readonly onChange: (change: Pick<ChosenFilters, FilterMode>) => void;
}

/** What is filtered out, each value with a way to let it in again. */
export function ExcludedValues({ filters, onChange }: ExcludedValuesProps) {
  const excluded = FIELDS.flatMap((words) =>
    filters.exclude[words.field].map((value) => ({ ...words, value, key: `${words.field} ${value}` })),
  );
  if (excluded.length === 0) return null;
  return (
    <ul aria-label="Filtered out" className="flex max-h-28 w-full flex-wrap gap-2 overflow-y-auto">
      {excluded.map(({ key, field, label, noun, value }) => (
        <li key={key} className="flex h-7 max-w-full min-w-0 items-center rounded-md bg-selected pl-2.5 sm:max-w-80">
          <span className="shrink-0 text-muted">{label} is not&nbsp;</span>
          <bdi className="truncate" data-tip-cut="">
            {value}
          </bdi>
          <button
            type="button"
            aria-label={`Stop filtering out ${noun} ${value}`}
            data-tip="Stop filtering this out"
            onClick={({ currentTarget }) => {
              const left = filters.exclude[field].filter((each) => each !== value);
              focusNeighbour(currentTarget);
              onChange(withValues(filters, "exclude", field, left));
            }}
            className="grid size-7 shrink-0 place-items-center rounded-md text-muted hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The focus stays among the values when the one that has it goes, and among the filters after the last one. */
function focusNeighbour(button: HTMLElement): void {
  const item = button.closest("li");
  const neighbour = item?.nextElementSibling ?? item?.previousElementSibling;
  if (neighbour) neighbour.querySelector("button")?.focus();
  else focusGroup(button);
}
