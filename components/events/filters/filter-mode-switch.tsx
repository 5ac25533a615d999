"use client";

import { useId } from "react";
import type { FilterMode } from "./chosen-filters";

interface FilterModeSwitchProps {
  /** Of what is filtered, as in “action”. */
  readonly noun: string;
  readonly side: FilterMode;
  readonly onChange: (side: FilterMode) => void;
}

const SIDES = [
  { side: "values", label: "Is" },
  { side: "exclude", label: "Is not" },
] as const satisfies readonly { readonly side: FilterMode; readonly label: string }[];

/** Whether what is ticked below is filtered for or out. */
export function FilterModeSwitch({ noun, side, onChange }: FilterModeSwitchProps) {
  const name = useId();
  return (
    <fieldset className="flex gap-1 border-b p-1">
      <legend className="sr-only">Whether the {noun} is, or is not, one of these</legend>
      {SIDES.map((each) => (
        <label
          key={each.side}
          className="flex h-7 grow cursor-pointer items-center justify-center rounded-md text-muted hover:bg-hover has-checked:bg-selected has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2"
        >
          <input
            type="radio"
            name={name}
            checked={each.side === side}
            onChange={() => onChange(each.side)}
            className="sr-only"
          />
          {each.label}
        </label>
      ))}
    </fieldset>
  );
}
