"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { DateRangePicker } from "@/components/ui/date-range-picker";
import { hasValues, NO_VALUES, type EventView } from "./event-view";
import { FIELDS } from "./filter-fields";
import { ValueFilter } from "./value-filter";

interface FilterBarProps {
  readonly organizationId: string;
  readonly view: EventView;
  readonly onChange: (change: Partial<EventView>) => void;
  /** At the end of the row. */
  readonly children?: ReactNode;
}

/** Everything that narrows the events; the same on the page and in the export dialog. */
export function FilterBar({ organizationId, view, onChange, children }: FilterBarProps) {
  return (
    <div role="group" aria-label="Filters" className="flex flex-wrap items-center gap-2">
      <DateRangePicker
        range={view.range}
        zone={view.zone}
        onChange={(range) => onChange({ range })}
        onZoneChange={(zone) => onChange({ zone })}
      />
      {FIELDS.map(({ field, label }) => (
        <ValueFilter
          key={field}
          organizationId={organizationId}
          field={field}
          label={label}
          values={view.values[field]}
          onChange={(values) => onChange({ values: { ...view.values, [field]: values } })}
        />
      ))}
      {hasValues(view.values) && (
        <Button tone="quiet" onClick={() => onChange({ values: NO_VALUES })}>
          Clear filters
        </Button>
      )}
      {children}
    </div>
  );
}
