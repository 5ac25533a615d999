"use client";

import { useToast } from "@/components/ui/overlays/toast";

export const NOT_COPIED = {
  tone: "danger",
  title: "The browser did not allow copying",
  description: "Select the text and copy it by hand.",
} as const;

/** Puts text on the clipboard and says that it did, or that the browser did not allow it. */
export function useCopy(): (text: string) => Promise<void> {
  const toast = useToast();
  return (text) =>
    navigator.clipboard.writeText(text).then(
      () => toast({ tone: "positive", title: "Copied" }),
      () => toast(NOT_COPIED),
    );
}
