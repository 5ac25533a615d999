"use client";

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { rowsWithin, topsOf } from "./row-positions";
import { useRowHeights } from "./use-row-heights";

/** Rows this many pixels above and below the viewport are rendered before the user scrolls to them. */
const OVERSCAN = 600;
/** The scroll position is tracked in steps of this many pixels, to render less often. */
const STEP = 200;

interface RowWindow {
  readonly keys: readonly string[];
  /** Index of a row that is always rendered. */
  readonly pinned: number;
}

/**
 * Finds the rows near the viewport and their positions. The page scrolls, not the table. @tanstack/react-virtual does the
 * same in ten times the code, which does not fit into the page's first load.
 */
export function useRowWindow({ keys, pinned }: RowWindow) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [visible, setVisible] = useState({ from: 0, to: 0 });
  const { heights, measure } = useRowHeights();
  const tops = useMemo(() => topsOf(keys, heights.measured, heights.fallback), [keys, heights]);

  const update = useCallback(() => {
    if (!body.current) return;
    const above = -body.current.getBoundingClientRect().top;
    const from = Math.floor(above / STEP) * STEP;
    const to = Math.ceil((above + window.innerHeight) / STEP) * STEP;
    setVisible((before) => (before.from === from && before.to === to ? before : { from, to }));
  }, []);
  // Runs after every render, since content above the table may have changed its height.
  useLayoutEffect(update);
  useEffect(() => {
    window.addEventListener("scroll", update, { passive: true });
    window.addEventListener("resize", update);
    return () => {
      window.removeEventListener("scroll", update);
      window.removeEventListener("resize", update);
    };
  }, [update]);

  const indexes = rowsWithin(tops, { from: visible.from - OVERSCAN, to: visible.to + OVERSCAN, pinned });
  return {
    rows: indexes.map((index) => ({ index, start: tops[index] ?? 0 })),
    body: { ref: body, style: { height: tops.at(-1) ?? 0, overflowAnchor: "none" } },
    measure,
  } as const;
}
