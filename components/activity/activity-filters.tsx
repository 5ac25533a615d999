"use client";

import { Button } from "@/components/ui/button";
import { DateRangePicker } from "@/components/ui/date-range-picker";
import { isNarrowed, type ActivityView } from "./activity-view";
import { ActorFilter } from "./actor-filter";
import { KindFilter } from "./kind-filter";
import { OrganizationFilter } from "./organization-filter";

interface ActivityFiltersProps {
  readonly view: ActivityView;
  readonly onChange: (change: Partial<ActivityView>) => void;
}

/** Everything that narrows the trail. */
export function ActivityFilters({ view, onChange }: ActivityFiltersProps) {
  return (
    <div role="group" aria-label="Filters" className="flex flex-wrap items-center gap-2">
      <DateRangePicker
        range={view.range}
        zone={view.zone}
        onChange={(range) => onChange({ range })}
        onZoneChange={(zone) => onChange({ zone })}
      />
      <KindFilter values={view.kinds} onChange={(kinds) => onChange({ kinds })} />
      <ActorFilter values={view.actorIds} onChange={(actorIds) => onChange({ actorIds })} />
      <OrganizationFilter values={view.organizationIds} onChange={(organizationIds) => onChange({ organizationIds })} />
      {isNarrowed(view) && (
        <Button tone="quiet" onClick={() => onChange({ kinds: [], actorIds: [], organizationIds: [] })}>
          Clear filters
        </Button>
      )}
    </div>
  );
}
