"use client";

import { useSyncExternalStore } from "react";
import { parseTheme, THEME_COOKIE, type Theme } from "./theme";

const YEAR = 365 * 24 * 60 * 60;
const listeners = new Set<() => void>();

/** The chosen theme, and the way to choose another: at once on this page, and by cookie on those to come. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, current, () => "system" as const), choose];
}

function current(): Theme {
  return parseTheme(document.documentElement.dataset["theme"]);
}

function choose(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
