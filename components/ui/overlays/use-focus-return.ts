"use client";

import { useState, type RefObject } from "react";

/** Returns an `onCloseAutoFocus` handler that moves focus to `preferred`, or back to the element that had it before opening. */
export function useFocusReturn(preferred: RefObject<HTMLElement | null> | undefined): (event: Event) => void {
  const [opener] = useState(() => document.activeElement);
  return (event) => {
    // A caller has already moved the focus.
    if (event.defaultPrevented) return;
    event.preventDefault();
    const target = preferred?.current ?? opener;
    if (target instanceof HTMLElement) target.focus();
  };
}
