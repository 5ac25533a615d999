"use client";

import { useToast } from "@/components/ui/overlays/toast";

export const COPY_FAILED = {
  tone: "danger",
  title: "Your browser blocked copying",
  description: "Select the text and copy it manually.",
} as const;

/** Returns a function that copies text to the clipboard and shows a toast with the result. */
export function useCopy(): (text: string) => Promise<void> {
  const toast = useToast();
  return (text) =>
    navigator.clipboard.writeText(text).then(
      () => toast({ tone: "positive", title: "Copied" }),
      () => toast(COPY_FAILED),
    );
}
