"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False on the server and in the first render, then true: what only the browser knows (its zone, its clock) waits for it. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
