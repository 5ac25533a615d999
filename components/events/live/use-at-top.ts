"use client";

import { useEffect, useState, type RefObject } from "react";

/** Returns false once the user has scrolled past `top`, the element above a list. */
export function useAtTop(top: RefObject<HTMLElement | null>): boolean {
  const [isAtTop, setAtTop] = useState(true);
  useEffect(() => {
    if (!top.current) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry) setAtTop(entry.isIntersecting || entry.boundingClientRect.top > 0);
    });
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [top]);
  return isAtTop;
}
