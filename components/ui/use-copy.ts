"use client";

import { useToast } from "@/components/ui/overlays/toast";

/**
 * Returns a function that copies text to the clipboard and returns whether that worked. Browsers have no clipboard on pages
 * opened over http. Then it selects the text close to the pressed button, or in a toast, and says how to copy it.
 */
export function useCopy(): (text: string, button?: Element) => Promise<boolean> {
  const toast = useToast();
  return async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const isSelected = button !== undefined && selectNear(button, text);
      toast({
        tone: "neutral",
        title: isSelected ? "Text selected" : "Copy this text",
        description: `Your browser doesn’t allow copying here${isSecureContext ? "" : ", because the page isn’t open over https"}. Press Ctrl+C, or ⌘C on a Mac.`,
        ...(!isSelected && { selectedText: text }),
      });
      return false;
    }
  };
}

/** Selects the text in the closest element that shows it. Returns whether there is one. */
function selectNear(button: Element, text: string): boolean {
  for (let area = button.parentElement; area; area = area.parentElement) {
    const shown = [...area.querySelectorAll("*")].findLast((each) => each.textContent === text);
    if (!shown) continue;
    getSelection()?.selectAllChildren(shown);
    return true;
  }
  return false;
}
