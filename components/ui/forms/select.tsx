"use client";

import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { controlStyle } from "./field";

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  /** Use `bare` when the values are clear by themselves. The label is then only for screen readers. */
  readonly look?: "labeled" | "bare";
}

/** Selects one of a few options. Uses the native element, which works on every phone and screen reader and adds no code. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  look = "labeled",
}: SelectProps<Value>) {
  const id = useId();
  return (
    <div className="grid min-w-0 gap-1.5">
      <label htmlFor={id} className={look === "bare" ? "sr-only" : "font-medium"}>
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          className={clsx(controlStyle, "h-9 appearance-none pr-8")}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown aria-hidden className="pointer-events-none absolute top-2.5 right-2.5 size-4 text-muted" />
      </div>
    </div>
  );
}
