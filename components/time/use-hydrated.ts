"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Returns false on the server and in the first render, then true. What only the browser knows (time zone, clock) waits for it. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
