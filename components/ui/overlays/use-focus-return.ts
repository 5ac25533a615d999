"use client";

import { useState, type RefObject } from "react";

/** For `onCloseAutoFocus` of a layer without a trigger of its own: back to `preferred`, or to what had the focus before. */
export function useFocusReturn(preferred: RefObject<HTMLElement | null> | undefined): (event: Event) => void {
  const [opener] = useState(() => document.activeElement);
  return (event) => {
    // Somebody above has chosen already.
    if (event.defaultPrevented) return;
    event.preventDefault();
    const target = preferred?.current ?? opener;
    if (target instanceof HTMLElement) target.focus();
  };
}
