"use client";

import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { moveSelection, indexAt, selectedBucket, type Bucket, type Selection } from "./selection";

interface BarSelection {
  readonly buckets: readonly Bucket[];
  /** Called with the merged bars of the selection. */
  readonly onZoom: (bucket: Bucket) => void;
}

/**
 * Selects bars by dragging or with the arrow keys (Shift for several). Releasing the pointer or Enter zooms in, Escape
 * cancels. A tap only selects, since a finger covers several bars; a vertical drag scrolls the page.
 */
export function useBarSelection({ buckets, onZoom }: BarSelection) {
  const [selection, setSelection] = useState<Selection | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const drag = useRef<{ readonly anchor: number; hasMoved: boolean } | null>(null);

  const cancel = () => {
    drag.current = null;
    setSelection(null);
  };
  const zoomIn = (chosen = selection) => {
    const bucket = chosen && selectedBucket(buckets, chosen);
    cancel();
    setHovered(null);
    if (bucket) onZoom(bucket);
  };
  const indexOf = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return indexAt(buckets, (event.clientX - left) / width);
  };

  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || !event.isPrimary) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const anchor = indexOf(event);
      drag.current = { anchor, hasMoved: false };
      setSelection({ anchor, head: anchor });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const index = indexOf(event);
      if (!drag.current) {
        if (event.pointerType !== "touch") setHovered(index);
        return;
      }
      if (index !== drag.current.anchor) drag.current.hasMoved = true;
      setSelection({ anchor: drag.current.anchor, head: index });
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (!drag.current) return;
      const { anchor, hasMoved } = drag.current;
      drag.current = null;
      if (event.pointerType === "touch" && !hasMoved) return;
      // Returns the arrow keys to the list.
      event.currentTarget.blur();
      zoomIn({ anchor, head: indexOf(event) });
    },
    // The browser cancels the pointer when it scrolls the page instead.
    onPointerCancel: cancel,
    onPointerLeave: () => setHovered(null),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (selection && event.key === "Escape") cancel();
      else if (selection && (event.key === "Enter" || event.key === " ")) zoomIn();
      else {
        const moved = moveSelection(selection, event, buckets.length);
        if (!moved) return;
        drag.current = null;
        setSelection(moved);
      }
      event.preventDefault();
    },
  };
  return { selection, hovered, zoomIn, cancel, handlers };
}
