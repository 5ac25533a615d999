"use client";

import { createContext, use, useCallback, useState, type ReactNode } from "react";
import { lazy } from "@/components/ui/lazy";
import type { KeyedMessage, ToastMessage } from "./toast-viewport";

const ToastContext = createContext<(message: ToastMessage) => void>(() => undefined);
const ToastViewport = lazy(() => import("./toast-viewport"));

/** Returns the function that shows a toast. */
export function useToast(): (message: ToastMessage) => void {
  return use(ToastContext);
}

/** Shows the toasts of all components below it, at most three at a time. Their code is loaded with the first toast. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [messages, setMessages] = useState<readonly KeyedMessage[] | null>(null);
  const show = useCallback((message: ToastMessage) => {
    setMessages((before) => [...(before ?? []).slice(-2), { ...message, key: (before?.at(-1)?.key ?? 0) + 1 }]);
  }, []);
  return (
    <ToastContext value={show}>
      {children}
      {messages && (
        <ToastViewport
          messages={messages}
          onClosed={(key) => setMessages((before) => (before ?? []).filter((each) => each.key !== key))}
        />
      )}
    </ToastContext>
  );
}
