"use client";

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { placesWithin, topsOf } from "./row-positions";
import { useRowHeights } from "./use-row-heights";

/** Rows are there so many pixels above and below the window, before one scrolls to them. */
const BEYOND = 600;
/** The window's place is noted in steps of so many pixels. */
const STEP = 200;

interface RowWindow {
  readonly keys: readonly string[];
  /** A row that is in the page wherever the window is. */
  readonly pinned: number;
}

/** Which of a table's rows are near the window, and where they stand. The page scrolls, not the table. */
export function useRowWindow({ keys, pinned }: RowWindow) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [seen, setSeen] = useState({ from: 0, to: 0 });
  const { heights, measure } = useRowHeights();
  const tops = useMemo(() => topsOf(keys, heights.known, heights.usual), [keys, heights]);

  const look = useCallback(() => {
    if (!body.current) return;
    const above = -body.current.getBoundingClientRect().top;
    const from = Math.floor(above / STEP) * STEP;
    const to = Math.ceil((above + window.innerHeight) / STEP) * STEP;
    setSeen((before) => (before.from === from && before.to === to ? before : { from, to }));
  }, []);
  // Also after what is above the table has changed its height.
  useLayoutEffect(look);
  useEffect(() => {
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [look]);

  const places = placesWithin(tops, { from: seen.from - BEYOND, to: seen.to + BEYOND, pinned });
  return {
    rows: places.map((index) => ({ index, start: tops[index] ?? 0 })),
    body: { ref: body, style: { height: tops.at(-1) ?? 0, overflowAnchor: "none" } },
    measure,
  } as const;
}
