"use client";

import { useState } from "react";
import { startServerClock } from "./server-clock";

/** Sets the server clock before anything else on the page reads it. `now` is when the server rendered the page. */
export function StartClock({ now }: { readonly now: number }) {
  useState(() => {
    if (typeof document !== "undefined") startServerClock(now);
  });
  return null;
}
