"use client";

import { useId, useState, type ComponentProps, type KeyboardEvent } from "react";

export interface Listbox {
  /** Props for the search field, which keeps the focus. */
  readonly field: ComponentProps<"input">;
  readonly listId: string;
  readonly optionId: (key: string) => string;
  readonly activeKey: string | null;
  readonly activate: (key: string) => void;
  /** Makes the first option active again. Call it when the search text changes. */
  readonly reset: () => void;
}

interface Position {
  readonly key: string | null;
  readonly index: number;
}

const START: Position = { key: null, index: 0 };

/**
 * Moves through a listbox with the arrow keys while the focus stays in its search field, following ARIA's combobox
 * pattern. Enter clicks the active option. `keys` lists the options from top to bottom; with `homeAndEnd` those keys jump
 * to the first and last option instead of moving the caret.
 */
export function useListbox(keys: readonly string[], { homeAndEnd }: { readonly homeAndEnd: boolean }): Listbox {
  const id = useId();
  const [position, setPosition] = useState(START);
  // The option stays active by key, so that results arriving later do not put a different one under the Enter key.
  const found = keys.findIndex((key) => key === position.key);
  const active = found === -1 ? Math.min(position.index, keys.length - 1) : found;
  const activeKey = keys[active] ?? null;
  // Encoded, because an id must not contain spaces.
  const optionId = (key: string) => `${id}-${encodeURIComponent(key)}`;
  const activate = (key: string) => setPosition({ key, index: keys.indexOf(key) });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const targets: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      ...(homeAndEnd && { Home: 0, End: keys.length - 1 }),
    };
    const target = targets[event.key];
    if (target !== undefined) {
      const key = keys[Math.max(0, Math.min(target, keys.length - 1))];
      if (key !== undefined) {
        activate(key);
        document.getElementById(optionId(key))?.scrollIntoView({ block: "nearest" });
      }
    } else if (event.key === "Enter") {
      if (activeKey !== null) document.getElementById(optionId(activeKey))?.click();
    } else return;
    event.preventDefault();
  };

  const listId = `${id}-list`;
  return {
    field: {
      role: "combobox",
      "aria-expanded": true,
      "aria-autocomplete": "list",
      "aria-controls": listId,
      "aria-activedescendant": activeKey === null ? undefined : optionId(activeKey),
      autoComplete: "off",
      spellCheck: false,
      maxLength: 200,
      onKeyDown,
    },
    listId,
    optionId,
    activeKey,
    activate,
    reset: () => setPosition(START),
  };
}
