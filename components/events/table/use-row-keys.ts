"use client";

import { useEffect, useEffectEvent, type RefObject } from "react";
import { isDialogOpen } from "@/components/ui/overlays/is-dialog-open";

const STEPS: Record<string, 1 | -1> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** Elements that handle keys themselves. */
const CONTROLS = "a, button, input, select, textarea, [tabindex='0']";

interface RowKeys {
  /** Contains the rows. Keys pressed in a control elsewhere on the page are ignored. */
  readonly container: RefObject<HTMLElement | null>;
  readonly onStep: (step: 1 | -1) => void;
  readonly onOpen: () => void;
}

/** Moves through rows with j, k and the arrow keys, and opens one with Enter. */
export function useRowKeys({ container, onStep, onOpen }: RowKeys): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const rows = container.current;
    if (!rows || !(target instanceof Element)) return;
    const inRows = rows.contains(target);
    // After a click, a part of the page that handles no keys may have the focus: then keys still move through the rows.
    if (!inRows && (isDialogOpen() || target.closest(CONTROLS))) return;
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      onStep(step);
    } else if (event.key === "Enter" && !inRows) {
      event.preventDefault();
      onOpen();
    }
  });
  useEffect(() => {
    document.addEventListener("keydown", handle);
    return () => document.removeEventListener("keydown", handle);
  }, []);
}
