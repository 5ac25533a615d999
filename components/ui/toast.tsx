"use client";

import clsx from "clsx";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import Link from "next/link";
import { Toast as Radix } from "radix-ui";
import { createContext, use, useCallback, useState, type ReactNode } from "react";
import { buttonStyle } from "./button";

/** Something that happened, said in passing. */
export interface ToastMessage {
  readonly tone: "positive" | "danger";
  readonly title: string;
  readonly description?: string;
  readonly link?: { readonly href: string; readonly label: string };
}

const ToastContext = createContext<(message: ToastMessage) => void>(() => undefined);

/** The way to say something in passing. */
export function useToast(): (message: ToastMessage) => void {
  return use(ToastContext);
}

/** Shows the toasts of everything below it, and reads them to screen readers. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [messages, setMessages] = useState<readonly (ToastMessage & { readonly key: number })[]>([]);
  const show = useCallback((message: ToastMessage) => {
    setMessages((before) => [...before.slice(-2), { ...message, key: (before.at(-1)?.key ?? 0) + 1 }]);
  }, []);
  return (
    <ToastContext value={show}>
      <Radix.Provider label="Notification" duration={8000} swipeDirection="right">
        {children}
        {messages.map(({ key, ...message }) => (
          <ToastCard
            key={key}
            message={message}
            onClosed={() => setMessages((before) => before.filter((each) => each.key !== key))}
          />
        ))}
        <Radix.Viewport className="fixed right-0 bottom-0 z-60 flex w-full flex-col gap-2 p-4 outline-none sm:max-w-sm" />
      </Radix.Provider>
    </ToastContext>
  );
}

function ToastCard({ message, onClosed }: { readonly message: ToastMessage; readonly onClosed: () => void }) {
  const Icon = message.tone === "positive" ? CircleCheck : CircleAlert;
  return (
    <Radix.Root
      type={message.tone === "danger" ? "foreground" : "background"}
      onOpenChange={(open) => !open && onClosed()}
      className="flex animate-rise items-start gap-3 rounded-lg bg-raised p-3 shadow-dialog"
    >
      <Icon
        aria-hidden
        className={clsx("mt-0.5 size-4 shrink-0", message.tone === "positive" ? "text-positive" : "text-danger")}
      />
      <div className="min-w-0 grow">
        <Radix.Title className="font-medium wrap-anywhere">{message.title}</Radix.Title>
        {message.description && (
          <Radix.Description className="mt-0.5 line-clamp-3 text-muted wrap-anywhere">
            {message.description}
          </Radix.Description>
        )}
        {message.link && (
          <Radix.Action asChild altText={message.link.label}>
            <Link href={message.link.href} className="mt-1.5 inline-block font-medium text-accent hover:underline">
              {message.link.label}
            </Link>
          </Radix.Action>
        )}
      </div>
      <Radix.Close className={clsx(buttonStyle("quiet", "sm"), "-mt-1 -mr-1 size-7! px-0!")} aria-label="Dismiss">
        <X aria-hidden />
      </Radix.Close>
    </Radix.Root>
  );
}
