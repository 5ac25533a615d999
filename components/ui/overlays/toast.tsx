"use client";

import { createContext, use, useCallback, useState, type ReactNode } from "react";
import { lazy } from "@/components/ui/lazy";

/** Something that happened, said in passing. */
export interface ToastMessage {
  readonly tone: "positive" | "neutral" | "danger";
  readonly title: string;
  readonly description?: string;
  /** What can be done about it: somewhere to go, or something to do here. */
  readonly link?: { readonly href: string; readonly label: string };
  readonly action?: { readonly label: string; readonly onClick: () => void };
}

export interface KeyedMessage extends ToastMessage {
  readonly key: number;
}

const ToastContext = createContext<(message: ToastMessage) => void>(() => undefined);
const ToastViewport = lazy(() => import("./toast-viewport"));

/** The way to say something in passing. */
export function useToast(): (message: ToastMessage) => void {
  return use(ToastContext);
}

/** Shows the toasts of everything below it. What they are made with is loaded with the first. */
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
