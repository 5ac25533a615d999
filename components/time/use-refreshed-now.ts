"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { nextMinute } from "./time-range";

/** A refresh as it stands, for `useStale` and for the button. */
export interface Refresh {
  readonly isPending: boolean;
  readonly error: unknown;
  /** When it began, in milliseconds. */
  readonly submittedAt: number;
}

/**
 * The moment at which ranges up to now end. `refreshBy` moves it on once what it asks for has been answered as of the new
 * one, so that what is shown stays until then, and if that fails; `moveOn` moves it at once.
 */
export function useRefreshedNow() {
  const [now, setNow] = useState(nextMinute);
  const { mutate, isPending, error, submittedAt } = useMutation({
    mutationFn: async (ask: (now: Date) => Promise<unknown>) => {
      const later = nextMinute();
      await ask(later);
      setNow(later);
    },
  });
  const attempt: Refresh = { isPending, error, submittedAt };
  const refreshBy = (ask: (now: Date) => Promise<unknown>) => {
    if (!isPending) mutate(ask);
  };
  return { now, moveOn: setNow, refreshBy, attempt };
}
