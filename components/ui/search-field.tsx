"use client";

import clsx from "clsx";
import { Search } from "lucide-react";
import { controlStyle } from "./field";

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** Searches as one types. */
export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  return (
    <div role="search" className="relative max-w-md">
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-faint" />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={255}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={clsx(controlStyle, "h-9 pl-8.5")}
      />
    </div>
  );
}
