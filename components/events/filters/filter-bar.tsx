"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { DateRangePicker } from "@/components/time/date-range-picker";
import { focusGroup } from "@/components/ui/focus-group";
import type { EventView } from "./event-view";
import { lazy } from "@/components/ui/lazy";
import { FIELDS } from "./filter-fields";
import { hasExcluded, hasFilters, NO_FILTERS } from "./chosen-filters";
import { TextFilter } from "./text-filter";
import { ValueFilter } from "./value-filter";

const ExcludedValues = lazy(() => import("./excluded-values"));

interface FilterBarProps {
  readonly organizationId: string;
  readonly view: EventView;
  readonly onChange: (change: Partial<EventView>) => void;
  /** Shown at the end of the row. */
  readonly children?: ReactNode;
}

/** All event filters. The events page and the export dialog share it. */
export function FilterBar({ organizationId, view, onChange, children }: FilterBarProps) {
  return (
    <div role="group" tabIndex={-1} aria-label="Filters" className="flex flex-wrap items-center gap-2 outline-none">
      <TextFilter value={view.search} onChange={(search) => onChange({ search })} />
      <DateRangePicker
        range={view.range}
        zone={view.zone}
        onChange={(range) => onChange({ range })}
        onZoneChange={(zone) => onChange({ zone })}
      />
      {FIELDS.map((field) => (
        <ValueFilter
          key={field.field}
          organizationId={organizationId}
          field={field}
          filters={view}
          onChange={onChange}
        />
      ))}
      {hasFilters(view) && (
        <Button
          tone="quiet"
          onClick={({ currentTarget }) => {
            focusGroup(currentTarget);
            onChange(NO_FILTERS);
          }}
        >
          Clear filters
        </Button>
      )}
      {children}
      {hasExcluded(view) && <ExcludedValues filters={view} onChange={onChange} />}
    </div>
  );
}
