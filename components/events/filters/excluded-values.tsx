"use client";

import { X } from "lucide-react";
import { focusGroup } from "@/components/ui/focus-group";
import { withValues, type ChosenFilters, type FilterMode } from "./chosen-filters";
import { FIELDS } from "./filter-fields";

interface ExcludedValuesProps {
  readonly filters: ChosenFilters;
  readonly onChange: (change: Pick<ChosenFilters, FilterMode>) => void;
}

/** Lists the excluded values, each with a button that removes it. */
export default function ExcludedValues({ filters, onChange }: ExcludedValuesProps) {
  const excluded = FIELDS.flatMap((labeled) =>
    filters.exclude[labeled.field].map((value) => ({ ...labeled, value, key: `${labeled.field} ${value}` })),
  );
  return (
    <ul aria-label="Excluded values" className="flex max-h-28 w-full flex-wrap gap-2 overflow-y-auto">
      {excluded.map(({ key, field, label, noun, value }) => (
        <li key={key} className="flex h-7 max-w-full min-w-0 items-center rounded-md bg-selected pl-2.5 sm:max-w-80">
          <span className="shrink-0 text-muted">{label} is not&nbsp;</span>
          <bdi className="truncate" data-tip-truncated="">
            {value}
          </bdi>
          <button
            type="button"
            aria-label={`Remove filter: ${noun} is not ${value}`}
            data-tip="Remove filter"
            onClick={({ currentTarget }) => {
              const remaining = filters.exclude[field].filter((each) => each !== value);
              focusNeighbor(currentTarget);
              onChange(withValues(filters, "exclude", field, remaining));
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

/** Before a value disappears, moves the focus to the next one, or to the filter group after the last one. */
function focusNeighbor(button: HTMLElement): void {
  const item = button.closest("li");
  const neighbor = item?.nextElementSibling ?? item?.previousElementSibling;
  if (neighbor) neighbor.querySelector("button")?.focus();
  else focusGroup(button);
}
