"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Returns false on the server and in the first render, then true. What only the browser knows, such as the time zone, waits for it. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
