"use client";

import clsx from "clsx";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import Link from "next/link";
import { Toast as Radix } from "radix-ui";
import { buttonStyle } from "@/components/ui/button";

/** A short notification. */
export interface ToastMessage {
  readonly tone: "positive" | "neutral" | "danger";
  readonly title: string;
  readonly description?: string;
  /** Text to select, so that the user can copy it. The toast stays until it is dismissed. */
  readonly selectedText?: string;
  /** A link to follow, or an action to run on this page. */
  readonly link?: { readonly href: string; readonly label: string };
  readonly action?: { readonly label: string; readonly onClick: () => void };
}

export interface KeyedMessage extends ToastMessage {
  readonly key: number;
}

const actionStyle = "mt-1.5 inline-block font-medium text-accent hover:underline";

interface ToastViewportProps {
  readonly messages: readonly KeyedMessage[];
  readonly onClosed: (key: number) => void;
}

/** Shows the toasts, which screen readers announce. */
export default function ToastViewport({ messages, onClosed }: ToastViewportProps) {
  return (
    <Radix.Provider label="Notification" duration={8000} swipeDirection="right">
      {messages.map((message) => (
        <ToastCard key={message.key} message={message} onClosed={() => onClosed(message.key)} />
      ))}
      <Radix.Viewport className="fixed right-0 bottom-0 z-60 flex w-full flex-col gap-2 p-4 outline-none sm:max-w-sm" />
    </Radix.Provider>
  );
}

const looks = {
  positive: { Icon: CircleCheck, color: "text-positive" },
  neutral: { Icon: Info, color: "text-muted" },
  danger: { Icon: CircleAlert, color: "text-danger" },
} as const;

const selectAll = (element: Element | null) => void (element && getSelection()?.selectAllChildren(element));

function ToastCard({ message, onClosed }: { readonly message: ToastMessage; readonly onClosed: () => void }) {
  const { Icon, color } = looks[message.tone];
  return (
    <Radix.Root
      type={message.tone === "danger" ? "foreground" : "background"}
      {...(message.selectedText !== undefined && { duration: Infinity })}
      onOpenChange={(open) => !open && onClosed()}
      className="flex animate-rise items-start gap-3 rounded-lg bg-raised p-3 shadow-dialog"
    >
      <Icon aria-hidden className={clsx("mt-0.5 size-4 shrink-0", color)} />
      <div className="min-w-0 grow">
        <Radix.Title className="font-medium wrap-anywhere">{message.title}</Radix.Title>
        {message.description && (
          <Radix.Description className="mt-0.5 line-clamp-3 text-muted wrap-anywhere">
            {message.description}
          </Radix.Description>
        )}
        {message.selectedText !== undefined && (
          <p
            ref={selectAll}
            className="mt-2 max-h-40 overflow-y-auto font-mono text-xs wrap-anywhere whitespace-pre-wrap select-all"
          >
            {message.selectedText}
          </p>
        )}
        {message.link && (
          <Radix.Action asChild altText={message.link.label}>
            <Link href={message.link.href} className={actionStyle}>
              {message.link.label}
            </Link>
          </Radix.Action>
        )}
        {message.action && (
          <Radix.Action altText={message.action.label} className={actionStyle} onClick={message.action.onClick}>
            {message.action.label}
          </Radix.Action>
        )}
      </div>
      <Radix.Close className={clsx(buttonStyle("quiet", "sm"), "-mt-1 -mr-1 size-7! px-0!")} aria-label="Dismiss">
        <X aria-hidden />
      </Radix.Close>
    </Radix.Root>
  );
}
