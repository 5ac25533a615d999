"use client";

import clsx from "clsx";
import { Search } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface OptionListProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly isChosen: (value: string) => boolean;
  readonly onToggle: (value: string) => void;
  /** Stands in the box of what is chosen. */
  readonly mark: ReactNode;
}

/** A search field over a list: arrows move, Enter ticks, and the focus stays in the field. */
export default function OptionList({ label, options, search, onSearch, isChosen, onToggle, mark }: OptionListProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // One opens a list to look for something; it can come after what it is shown in.
  useEffect(() => field.current?.focus(), []);
  const [at, setAt] = useState(0);
  const active = Math.min(at, options.length - 1);

  const move = (to: number) => {
    setAt(to);
    document.getElementById(`${id}-${to}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const option = options[active];
    if (event.key === "ArrowDown") move(Math.min(active + 1, options.length - 1));
    else if (event.key === "ArrowUp") move(Math.max(active - 1, 0));
    else if (event.key === "Enter" && option) onToggle(option.value);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="flex items-center gap-2 border-b px-3">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <input
          ref={field}
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={options.length > 0 ? `${id}-${active}` : undefined}
          aria-label={`Search ${label}`}
          placeholder="Search…"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={search}
          onChange={(event) => {
            onSearch(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="h-10 min-w-0 grow bg-transparent text-[1rem] outline-none sm:text-sm"
        />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-multiselectable
        aria-label={label}
        className="max-h-64 overflow-y-auto p-1 empty:p-1.5"
      >
        {options.map((option, index) => {
          const chosen = isChosen(option.value);
          return (
            <button
              type="button"
              key={option.value}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={chosen}
              onMouseMove={() => setAt(index)}
              // The focus stays in the search field.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onToggle(option.value)}
              className={clsx(
                "flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 py-1",
                index === active && "bg-hover",
              )}
            >
              <span
                className={clsx(
                  "grid size-4 shrink-0 place-items-center rounded-sm",
                  chosen ? "bg-accent text-on-accent" : "shadow-[inset_0_0_0_1px_var(--color-control)]",
                )}
              >
                {chosen && mark}
              </span>
              <bdi dir="auto" data-tip-cut="" className="line-clamp-2 text-left wrap-anywhere">
                {option.label}
              </bdi>
            </button>
          );
        })}
      </div>
    </>
  );
}
