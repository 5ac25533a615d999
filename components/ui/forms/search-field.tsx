"use client";

import clsx from "clsx";
import { Search, X } from "lucide-react";
import { useRef, type RefObject } from "react";
import { controlStyle } from "./field";

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly maxLength?: number;
  /** Sets the position and height. */
  readonly className?: string;
  /** The key that focuses the field. The parent listens for it. */
  readonly shortcut?: { readonly key: string; readonly field: RefObject<HTMLInputElement | null> };
}

/** A search field that searches while typing, with a button that clears it. */
export function SearchField(props: SearchFieldProps) {
  const { label, value, onChange, shortcut } = props;
  const ownField = useRef<HTMLInputElement>(null);
  const field = shortcut?.field ?? ownField;
  return (
    <div role="search" className={clsx("relative max-w-md", props.className ?? "h-9")}>
      <Search aria-hidden className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-faint" />
      <input
        ref={field}
        type="search"
        aria-label={label}
        aria-keyshortcuts={shortcut?.key}
        placeholder={props.placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={props.maxLength ?? 255}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={clsx(controlStyle, "h-full pr-9 pl-8.5 [&::-webkit-search-cancel-button]:hidden")}
      />
      {value === "" ? (
        shortcut && (
          <kbd
            aria-hidden
            className="pointer-events-none absolute inset-y-0 right-2 my-auto hidden h-5 rounded-sm border px-1.5 font-mono text-xs leading-4.5 text-faint [@media(hover:hover)]:block"
          >
            {shortcut.key}
          </kbd>
        )
      ) : (
        <button
          type="button"
          aria-label="Clear search"
          data-tip="Clear"
          onClick={() => {
            onChange("");
            field.current?.focus();
          }}
          className="absolute inset-y-0 right-1.5 my-auto grid size-6 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </div>
  );
}
