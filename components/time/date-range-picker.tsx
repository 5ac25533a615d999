"use client";

import clsx from "clsx";
import { Calendar, ChevronDown } from "lucide-react";
import { useState } from "react";
import { buttonStyle } from "@/components/ui/button";
import { lazy } from "@/components/ui/lazy";
import { Popover } from "@/components/ui/overlays/popover";
import { rangeLabel, type TimeRange } from "./time-range";
import { useHydrated } from "./use-hydrated";
import type { Zone } from "./zone";

const DateRangePanel = lazy(() => import("./date-range-panel"));

interface DateRangePickerProps {
  readonly range: TimeRange;
  readonly zone: Zone;
  readonly onChange: (range: TimeRange) => void;
  readonly onZoneChange: (zone: Zone) => void;
}

/** Chooses a time range: a preset, a typed relative range, or a typed start and end. */
export function DateRangePicker({ range, zone, onChange, onZoneChange }: DateRangePickerProps) {
  const [open, setOpen] = useState(false);
  const shownZone = useHydrated() ? zone : "utc";
  const choose = (chosen: TimeRange) => {
    onChange(chosen);
    setOpen(false);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      onPreload={DateRangePanel.preload}
      label="Time range"
      className="flex max-h-(--radix-popover-content-available-height) flex-col overflow-y-auto sm:flex-row"
      triggerClassName={clsx(buttonStyle(), "max-w-full shrink!")}
      trigger={
        <>
          <Calendar aria-hidden className="text-faint" />
          <span className="sr-only">Time range: </span>
          <span className="truncate">{rangeLabel(range, shownZone)}</span>
          <ChevronDown aria-hidden className="text-faint" />
        </>
      }
    >
      <DateRangePanel range={range} zone={zone} onChoose={choose} onZoneChange={onZoneChange} />
    </Popover>
  );
}
