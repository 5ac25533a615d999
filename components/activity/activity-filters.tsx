"use client";

import type { ReactNode } from "react";
import { DateRangePicker } from "@/components/time/date-range-picker";
import { Button } from "@/components/ui/button";
import { focusGroup } from "@/components/ui/focus-group";
import { hasFilters, type ActivityView } from "./activity-view";
import { ActorFilter } from "./actor-filter";
import { KindFilter } from "./kind-filter";
import { OrganizationFilter } from "./organization-filter";

interface ActivityFiltersProps {
  readonly view: ActivityView;
  readonly onChange: (change: Partial<ActivityView>) => void;
  /** Shown at the end of the row. */
  readonly children?: ReactNode;
}

/** All filters of the activity list. */
export function ActivityFilters({ view, onChange, children }: ActivityFiltersProps) {
  return (
    <div role="group" tabIndex={-1} aria-label="Filters" className="flex flex-wrap items-center gap-2 outline-none">
      <DateRangePicker
        range={view.range}
        zone={view.zone}
        onChange={(range) => onChange({ range })}
        onZoneChange={(zone) => onChange({ zone })}
      />
      <KindFilter values={view.kinds} onChange={(kinds) => onChange({ kinds })} />
      <ActorFilter values={view.actorIds} onChange={(actorIds) => onChange({ actorIds })} />
      <OrganizationFilter values={view.organizationIds} onChange={(organizationIds) => onChange({ organizationIds })} />
      {hasFilters(view) && (
        <Button
          tone="quiet"
          onClick={({ currentTarget }) => {
            focusGroup(currentTarget);
            onChange({ kinds: [], actorIds: [], organizationIds: [] });
          }}
        >
          Clear filters
        </Button>
      )}
      {children}
    </div>
  );
}
