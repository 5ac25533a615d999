"use client";

import clsx from "clsx";
import { Check } from "lucide-react";
import { isSameRange, relativeRangeText, PRESETS, rangeLabel, type TimeRange } from "./time-range";
import type { Zone } from "./zone";
import { FixedRangeForm } from "./fixed-range-form";
import { RelativeRangeForm } from "./relative-range-form";

interface DateRangePanelProps {
  readonly range: TimeRange;
  readonly zone: Zone;
  readonly onChoose: (range: TimeRange) => void;
  readonly onZoneChange: (zone: Zone) => void;
}

/** Content of the open time range picker: presets, a relative range and a fixed range. */
export default function DateRangePanel({ range, zone, onChoose, onZoneChange }: DateRangePanelProps) {
  return (
    <>
      <ul className="grid shrink-0 grid-cols-2 content-start gap-0.5 border-b p-1 sm:w-40 sm:grid-cols-1 sm:border-r sm:border-b-0">
        {PRESETS.map((preset) => {
          const chosen = isSameRange(range, preset);
          return (
            <li key={relativeRangeText(preset)}>
              <button
                type="button"
                aria-pressed={chosen}
                onClick={() => onChoose(preset)}
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
        <RelativeRangeForm range={range} onSubmit={onChoose} />
        <FixedRangeForm range={range} zone={zone} onZoneChange={onZoneChange} onSubmit={onChoose} />
      </div>
    </>
  );
}
