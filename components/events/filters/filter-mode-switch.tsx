"use client";

import { useId } from "react";
import type { FilterMode } from "./chosen-filters";

interface FilterModeSwitchProps {
  readonly mode: FilterMode;
  readonly onChange: (mode: FilterMode) => void;
}

const MODES = [
  { mode: "include", label: "Is" },
  { mode: "exclude", label: "Is not" },
] as const satisfies readonly { readonly mode: FilterMode; readonly label: string }[];

/** Chooses whether the values selected below it are included or excluded. */
export function FilterModeSwitch({ mode, onChange }: FilterModeSwitchProps) {
  const name = useId();
  return (
    <fieldset className="flex gap-1 border-b p-1">
      <legend className="sr-only">Include or exclude values</legend>
      {MODES.map((each) => (
        <label
          key={each.mode}
          className="flex h-7 grow cursor-pointer items-center justify-center rounded-md text-muted hover:bg-hover has-checked:bg-selected has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2"
        >
          <input
            type="radio"
            name={name}
            checked={each.mode === mode}
            onChange={() => onChange(each.mode)}
            className="sr-only"
          />
          {each.label}
        </label>
      ))}
    </fieldset>
  );
}
