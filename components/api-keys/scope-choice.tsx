"use client";

import { useId } from "react";
import { KEY_SCOPES, type KeyScope } from "@/schemas/api-keys/api-key";
import { SCOPE_LABELS } from "./scope-labels";

interface ScopeChoiceProps {
  readonly chosen: readonly KeyScope[];
  readonly onChange: (chosen: readonly KeyScope[]) => void;
}

/** Checkboxes for what a new key may do. */
export function ScopeChoice({ chosen, onChange }: ScopeChoiceProps) {
  const id = useId();
  const isEmpty = chosen.length === 0;
  return (
    <fieldset className="mt-4 grid gap-2" aria-describedby={`${id}-note`}>
      <legend className="mb-1.5 font-medium">Scopes</legend>
      {KEY_SCOPES.map((scope) => (
        <div key={scope} className="flex items-start gap-3">
          <input
            id={`${id}-${scope}`}
            type="checkbox"
            className="mt-0.5 size-4 shrink-0 accent-(--color-accent)"
            aria-describedby={`${id}-${scope}-note`}
            checked={chosen.includes(scope)}
            onChange={({ target }) =>
              onChange(KEY_SCOPES.filter((each) => (each === scope ? target.checked : chosen.includes(each))))
            }
          />
          <div className="min-w-0">
            <label htmlFor={`${id}-${scope}`} className="font-mono text-xs leading-5">
              {scope}
            </label>
            <p id={`${id}-${scope}-note`} className="text-xs text-muted">
              {SCOPE_LABELS[scope]}
            </p>
          </div>
        </div>
      ))}
      <p
        id={`${id}-note`}
        role={isEmpty ? "alert" : undefined}
        className={isEmpty ? "text-xs text-danger" : "text-xs text-muted"}
      >
        {isEmpty
          ? "Choose at least one scope."
          : "Requests that need another scope are rejected. Scopes can’t be changed later."}
      </p>
    </fieldset>
  );
}
