"use client";

import { useEffect, useEffectEvent, type RefObject } from "react";

const STEPS: Record<string, 1 | -1> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

interface RowKeys {
  /** Holds the rows; keys that are meant for anything else on the page are left alone. */
  readonly container: RefObject<HTMLElement | null>;
  readonly onStep: (step: 1 | -1) => void;
  readonly onOpen: () => void;
}

/** j and k, and the arrows, move through rows; Enter opens. */
export function useRowKeys({ container, onStep, onOpen }: RowKeys): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const inRows = target instanceof Node && container.current?.contains(target) === true;
    if (!inRows && target !== document.body) return;
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
