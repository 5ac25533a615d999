"use client";

import { useCallback, useLayoutEffect, useRef, useState } from "react";

/** Of a row with its line, where rows do not stack. */
const HEIGHT = 57;

interface RowHeights {
  /** Of rows by their keys, as far as they have been in the page. */
  readonly known: ReadonlyMap<string, number>;
  /** What the others are taken for. */
  readonly usual: number;
}

/**
 * Heights of rows, which name their key as `data-event`, as they come into the page. Where a row above the window turns
 * out to be of another height than it was taken for, the page scrolls along, so that what is read stays where it is.
 */
export function useRowHeights() {
  const [heights, setHeights] = useState<RowHeights>({ known: new Map(), usual: HEIGHT });
  const observer = useRef<ResizeObserver | null>(null);
  const latest = useRef(heights);
  const shift = useRef(0);

  const noteAll = useCallback((entries: readonly ResizeObserverEntry[]) => {
    const { known, usual } = latest.current;
    const next = new Map(known);
    for (const { target, borderBoxSize } of entries) {
      const [key, height] = [target.getAttribute("data-event"), borderBoxSize[0]?.blockSize];
      if (key === null || !height || height === next.get(key)) continue;
      if (target.getBoundingClientRect().bottom < 0) shift.current += height - (next.get(key) ?? usual);
      next.set(key, height);
    }
    const sum = [...next.values()].reduce((total, height) => total + height, 0);
    // The first rows tell what the others will be like; later ones would move everything.
    const first = known.size === 0 && next.size > 0 ? sum / next.size : usual;
    latest.current = { known: next, usual: first };
    setHeights(latest.current);
  }, []);

  useLayoutEffect(() => {
    if (shift.current === 0) return;
    window.scrollBy({ top: shift.current, behavior: "instant" });
    shift.current = 0;
  });

  const measure = useCallback(
    (row: HTMLElement) => {
      const watching = (observer.current ??= new ResizeObserver(noteAll));
      watching.observe(row);
      return () => watching.unobserve(row);
    },
    [noteAll],
  );
  return { heights, measure };
}
