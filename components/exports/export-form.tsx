"use client";

import { useState } from "react";
import { FilterBar } from "@/components/events/filters/filter-bar";
import { toFilters, useEventView, type EventView } from "@/components/events/filters/event-view";
import { nextMinute } from "@/components/time/time-range";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/overlays/dialog";
import { ExportSummary } from "./export-summary";
import { FormatOptions, type ChosenFormat } from "./format-options";
import { FORMATS } from "./format-labels";
import { useRequestExport } from "./use-request-export";

interface ExportFormProps {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly exportsHref: string;
  readonly onDone: () => void;
}

/** Chooses the events and the file format, and requests the export. */
export default function ExportForm({ organizationId, organizationName, exportsHref, onDone }: ExportFormProps) {
  const { request } = useRequestExport({ href: exportsHref, label: "View exports" });
  const [onScreen] = useEventView();
  const [view, setView] = useState<EventView>(onScreen);
  const [now] = useState(nextMinute);
  const filters = toFilters(view, now);
  const [chosen, setChosen] = useState<ChosenFormat>({ format: "csv", gzip: false });
  return (
    <>
      <FilterBar
        organizationId={organizationId}
        view={view}
        onChange={(change) => setView((before) => ({ ...before, ...change }))}
      />
      <ExportSummary
        organizationId={organizationId}
        organizationName={organizationName}
        filters={filters}
        chosen={chosen}
        zone={view.zone}
      />
      <FormatOptions chosen={chosen} onChange={setChosen} />
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button
          tone="primary"
          onClick={() => {
            request.mutate({ organizationId, filters, ...chosen });
            onDone();
          }}
        >
          Generate {chosen.format === "jsonl" ? FORMATS.jsonl.label : "CSV"} file
        </Button>
      </DialogActions>
    </>
  );
}
