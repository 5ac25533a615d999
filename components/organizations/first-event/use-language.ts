"use client";

import { useState } from "react";
import { isLanguage, type LanguageId } from "./languages";

const STORAGE_KEY = "trailport-language";

/** Returns the chosen language and a function to change it. The browser remembers the choice. */
export function useLanguage(): readonly [LanguageId, (language: LanguageId) => void] {
  const [language, setLanguage] = useState(storedLanguage);
  const choose = (next: LanguageId) => {
    setLanguage(next);
    try {
      localStorage.setItem(STORAGE_KEY, next);
    } catch {
      // Storage is blocked: the choice lasts until the page is closed.
    }
  };
  return [language, choose];
}

function storedLanguage(): LanguageId {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return isLanguage(stored) ? stored : "curl";
  } catch {
    return "curl";
  }
}
