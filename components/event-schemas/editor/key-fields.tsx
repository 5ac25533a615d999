"use client";

import clsx from "clsx";
import { useId } from "react";
import { limitsOf, typeLabel } from "@/components/event-schemas/property-labels";
import { controlStyle } from "@/components/ui/forms/field";
import { Select } from "@/components/ui/forms/select";
import type { DraftKey } from "./schema-draft";

const TYPES = ["string", "number", "boolean"] as const;
type Type = (typeof TYPES)[number];

interface KeyFieldsProps {
  readonly value: DraftKey;
  readonly label: string;
  readonly problem: string | null;
  readonly onChange: (value: DraftKey) => void;
}

/** Edits one key: its name, its type, and whether it is required. */
export function KeyFields({ value, label, problem, onChange }: KeyFieldsProps) {
  const id = useId();
  const { key, property, required } = value;
  const current = [property.type].flat();
  const limits = limitsOf(property);
  const options = TYPES.map((type) => ({ value: type as string, label: typeLabel({ type }) }));
  // A key with several types keeps them until the user selects another type.
  if (current.length > 1) options.push({ value: current.join(","), label: typeLabel(property) });
  return (
    <div className="grid min-w-0 grow gap-x-3 gap-y-2 sm:grid-cols-[minmax(0,1fr)_9rem_6.5rem] sm:items-center">
      <input
        aria-label={`${label}: name`}
        value={key}
        autoComplete="off"
        spellCheck={false}
        placeholder="key"
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem || limits.length > 0 ? `${id}-note` : undefined}
        className={clsx(controlStyle, "h-9 font-mono")}
        onChange={(event) => onChange({ ...value, key: event.target.value })}
      />
      <Select
        label={`${label}: type`}
        look="bare"
        value={current.join(",")}
        options={options}
        onChange={(chosen) => {
          const types = chosen.split(",").filter((each): each is Type => TYPES.some((type) => type === each));
          const [only = "string", ...others] = types;
          onChange({ ...value, property: { ...property, type: others.length > 0 ? types : only } });
        }}
      />
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-(--color-accent)"
          checked={required}
          aria-label={`${label}: required`}
          onChange={(event) => onChange({ ...value, required: event.target.checked })}
        />
        Required
      </label>
      {(problem || limits.length > 0) && (
        <p
          id={`${id}-note`}
          className={clsx("text-xs wrap-anywhere sm:col-span-3", problem ? "text-danger" : "text-muted")}
        >
          {problem ?? limits.join("; ")}
        </p>
      )}
    </div>
  );
}
