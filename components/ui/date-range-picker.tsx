"use client";

import clsx from "clsx";
import { Calendar, Check, ChevronDown } from "lucide-react";
import { useState } from "react";
import { isSameRange, movingRangeText, PRESETS, rangeLabel, type TimeRange } from "@/components/time/time-range";
import { useHydrated } from "@/components/time/use-hydrated";
import type { Zone } from "@/components/time/zone";
import { buttonStyle } from "./button";
import { Popover } from "./popover";
import { FixedRangeForm } from "./fixed-range-form";
import { MovingRangeForm } from "./moving-range-form";

interface DateRangePickerProps {
  readonly range: TimeRange;
  readonly zone: Zone;
  readonly onChange: (range: TimeRange) => void;
  readonly onZoneChange: (zone: Zone) => void;
}

/** A time range: one of the usual ones with one click, or any other by typing how far back it goes, or its ends. */
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
      <ul className="grid shrink-0 grid-cols-2 content-start gap-0.5 border-b p-1 sm:w-40 sm:grid-cols-1 sm:border-r sm:border-b-0">
        {PRESETS.map((preset) => {
          const chosen = isSameRange(range, preset);
          return (
            <li key={movingRangeText(preset)}>
              <button
                type="button"
                aria-pressed={chosen}
                onClick={() => choose(preset)}
                className={clsx(
                  "flex h-8 w-full items-center justify-between rounded-md px-2 text-left hover:bg-hover",
                  chosen && "font-medium",
                )}
              >
                {rangeLabel(preset, zone)}
                {chosen && <Check aria-hidden className="size-4 text-accent" />}
              </button>
            </li>
          );
        })}
      </ul>
      <div className="divide-y sm:w-64">
        <MovingRangeForm range={range} onSubmit={choose} />
        <FixedRangeForm range={range} zone={zone} onZoneChange={onZoneChange} onSubmit={choose} />
      </div>
    </Popover>
  );
}
