"use client";

import clsx from "clsx";
import { Search } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useListbox } from "./use-listbox";

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
  /** Shown in the checkbox of a selected option. */
  readonly mark: ReactNode;
}

/** A search field above a list of checkable options. */
export default function OptionList({ label, options, search, onSearch, isChosen, onToggle, mark }: OptionListProps) {
  const field = useRef<HTMLInputElement>(null);
  // The list can load after its popover has placed the focus.
  useEffect(() => field.current?.focus(), []);
  const keys = options.map(({ value }) => value);
  const listbox = useListbox(keys, { homeAndEnd: false });
  return (
    <>
      <div className="flex items-center gap-2 border-b px-3">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <input
          {...listbox.field}
          ref={field}
          aria-label={`Search ${label}`}
          placeholder="Search…"
          value={search}
          onChange={(event) => {
            onSearch(event.target.value);
            listbox.reset();
          }}
          className="h-10 min-w-0 grow bg-transparent text-[1rem] outline-none sm:text-sm"
        />
      </div>
      <div
        id={listbox.listId}
        role="listbox"
        aria-multiselectable
        aria-label={label}
        className="max-h-64 overflow-y-auto p-1 empty:p-1.5"
      >
        {options.map((option) => {
          const chosen = isChosen(option.value);
          return (
            <button
              type="button"
              key={option.value}
              id={listbox.optionId(option.value)}
              role="option"
              tabIndex={-1}
              aria-selected={chosen}
              onMouseMove={() => option.value !== listbox.activeKey && listbox.activate(option.value)}
              // Keeps the focus in the search field.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onToggle(option.value)}
              className={clsx(
                "flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 py-1",
                option.value === listbox.activeKey && "bg-hover",
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
              <bdi dir="auto" data-tip-truncated="" className="line-clamp-2 text-left wrap-anywhere">
                {option.label}
              </bdi>
            </button>
          );
        })}
      </div>
    </>
  );
}
