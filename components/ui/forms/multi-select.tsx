"use client";

import clsx from "clsx";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button";
import { lazy } from "@/components/ui/lazy";
import { Popover } from "@/components/ui/overlays/popover";
import type { Option } from "./option-list";

const OptionList = lazy(() => import("./option-list"));

interface MultiSelectProps {
  /** Names what is selected, for example “Action”. */
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
  readonly maxValues: number;
  /** The search results, which the parent loads while the list is open. */
  readonly options: readonly Option[];
  /** Shown below the list while it is loading, empty or failed. */
  readonly note: string | null;
  /** Reset to an empty string when the list opens or closes. */
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Shown above the search field. */
  readonly head?: ReactNode;
}

/** A dropdown that selects several values from a searchable list. */
export function MultiSelect(props: MultiSelectProps) {
  const { label, values, onChange, maxValues, search, open, onOpenChange } = props;
  const [first] = values;
  const labelOf = (value: string) => props.options.find((option) => option.value === value)?.label ?? value;
  const isFull = values.length >= maxValues;
  // Selected values stay visible even when they are not among the results.
  const missing =
    search === "" ? values.filter((value) => !props.options.some((option) => option.value === value)) : [];
  const note = isFull ? `You can select up to ${maxValues} values.` : props.note;
  return (
    <Popover
      open={open}
      onOpenChange={(next) => {
        props.onSearch("");
        onOpenChange(next);
      }}
      onPreload={OptionList.preload}
      label={`Filter by ${label}`}
      className="flex w-72 flex-col"
      triggerClassName={clsx(buttonStyle(), "max-w-64 shrink!", first !== undefined && "bg-selected!")}
      trigger={
        <>
          <span className="sr-only">Filter by </span>
          <span className={clsx(first !== undefined && "text-muted")}>{label}</span>
          {first !== undefined && (
            <bdi className="truncate" data-tip={values.map(labelOf).join(", ")}>
              {labelOf(first)}
            </bdi>
          )}
          {values.length > 1 && <span className="text-muted">+{values.length - 1}</span>}
          <ChevronDown aria-hidden className="text-faint" />
        </>
      }
    >
      {props.head}
      <OptionList
        label={label}
        options={[...missing.map((value) => ({ value, label: value })), ...props.options]}
        search={search}
        onSearch={props.onSearch}
        isChosen={(value) => values.includes(value)}
        onToggle={(value) => {
          if (values.includes(value)) onChange(values.filter((each) => each !== value));
          else if (!isFull) onChange([...values, value]);
        }}
        mark={<Check aria-hidden className="size-3" strokeWidth={3} />}
      />
      <p role="status" className="px-3 pb-2 text-xs text-muted empty:hidden">
        {note}
      </p>
      {first !== undefined && (
        <div className="border-t p-1">
          <button
            type="button"
            className="h-8 w-full rounded-md px-2 text-left text-muted hover:bg-hover"
            onClick={() => onChange([])}
          >
            Clear {values.length === 1 ? "selection" : `${values.length} selected`}
          </button>
        </div>
      )}
    </Popover>
  );
}
