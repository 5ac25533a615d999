"use client";

import { useState } from "react";
import { isLanguage, type LanguageId } from "./languages";

const KEY = "trailport-language";

/** The language whose snippets the reader wants, and the way to another; remembered by this browser. */
export function useLanguage(): readonly [LanguageId, (language: LanguageId) => void] {
  const [language, setLanguage] = useState(remembered);
  const choose = (next: LanguageId) => {
    setLanguage(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // A browser that stores nothing forgets this, too.
    }
  };
  return [language, choose];
}

function remembered(): LanguageId {
  try {
    const stored = localStorage.getItem(KEY);
    return isLanguage(stored) ? stored : "curl";
  } catch {
    return "curl";
  }
}
