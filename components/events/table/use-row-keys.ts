"use client";

import { useEffect, useEffectEvent, type RefObject } from "react";
import { isDialogOpen } from "@/components/ui/overlays/is-dialog-open";

const STEPS: Record<string, 1 | -1> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** What has keys of its own. */
const CONTROLS = "a, button, input, select, textarea, [tabindex='0']";

interface RowKeys {
  /** Holds the rows; keys that are meant for a control elsewhere on the page are left alone. */
  readonly container: RefObject<HTMLElement | null>;
  readonly onStep: (step: 1 | -1) => void;
  readonly onOpen: () => void;
}

/** j and k, and the arrows, move through rows; Enter opens. */
export function useRowKeys({ container, onStep, onOpen }: RowKeys): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const rows = container.current;
    if (!rows || !(target instanceof Element)) return;
    const inRows = rows.contains(target);
    // After a press on the page it is a part of the page that has the focus.
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
