"use client";

import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { moveSelection, placeAt, selectedBucket, type Bucket, type Selection } from "./selection";

interface BarSelection {
  readonly buckets: readonly Bucket[];
  /** Called with the time of the bars that were chosen. */
  readonly onZoom: (bucket: Bucket) => void;
}

/**
 * Bars are selected by dragging, or by arrows, with Shift for several. Letting go or Enter zooms in on them, Escape
 * leaves things as they are. A tap only selects, since a finger covers several bars; dragging up or down scrolls the page.
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
  const placeOf = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return placeAt(buckets, (event.clientX - left) / width);
  };

  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || !event.isPrimary) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const anchor = placeOf(event);
      drag.current = { anchor, hasMoved: false };
      setSelection({ anchor, head: anchor });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const place = placeOf(event);
      if (!drag.current) {
        if (event.pointerType !== "touch") setHovered(place);
        return;
      }
      if (place !== drag.current.anchor) drag.current.hasMoved = true;
      setSelection({ anchor: drag.current.anchor, head: place });
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (!drag.current) return;
      const { anchor, hasMoved } = drag.current;
      drag.current = null;
      if (event.pointerType === "touch" && !hasMoved) return;
      // The keys are the list's again.
      event.currentTarget.blur();
      zoomIn({ anchor, head: placeOf(event) });
    },
    // The page scrolls instead.
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
