"use client";

import { useCallback, useLayoutEffect, useRef, useState } from "react";

/** Height of a row and its border in pixels, where cells do not stack. */
const DEFAULT_HEIGHT = 57;

interface RowHeights {
  /** Heights by row key, of all rows rendered so far. */
  readonly measured: ReadonlyMap<string, number>;
  /** The estimate for all other rows. */
  readonly fallback: number;
}

/**
 * Measures rows as they are rendered; each row names its key in `data-event`. If a row above the viewport turns out to
 * have another height than estimated, the page scrolls by the difference, so that what the user reads does not move.
 */
export function useRowHeights() {
  const [heights, setHeights] = useState<RowHeights>({ measured: new Map(), fallback: DEFAULT_HEIGHT });
  const observer = useRef<ResizeObserver | null>(null);
  const latest = useRef(heights);
  const shift = useRef(0);

  const record = useCallback((entries: readonly ResizeObserverEntry[]) => {
    const { measured, fallback } = latest.current;
    const next = new Map(measured);
    for (const { target, borderBoxSize } of entries) {
      const [key, height] = [target.getAttribute("data-event"), borderBoxSize[0]?.blockSize];
      if (key === null || !height || height === next.get(key)) continue;
      if (target.getBoundingClientRect().bottom < 0) shift.current += height - (next.get(key) ?? fallback);
      next.set(key, height);
    }
    const sum = [...next.values()].reduce((total, height) => total + height, 0);
    // Only the first rows set the estimate: changing it later would move everything.
    const isFirst = measured.size === 0 && next.size > 0;
    latest.current = { measured: next, fallback: isFirst ? sum / next.size : fallback };
    setHeights(latest.current);
  }, []);

  useLayoutEffect(() => {
    if (shift.current === 0) return;
    window.scrollBy({ top: shift.current, behavior: "instant" });
    shift.current = 0;
  });

  const measure = useCallback(
    (row: HTMLElement) => {
      const watching = (observer.current ??= new ResizeObserver(record));
      watching.observe(row);
      return () => watching.unobserve(row);
    },
    [record],
  );
  return { heights, measure };
}
