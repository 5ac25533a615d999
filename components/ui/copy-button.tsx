"use client";

import clsx from "clsx";
import { Check, Copy, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { buttonStyle } from "./button";
import { useToast } from "@/components/ui/overlays/toast";
import { NOT_COPIED } from "./use-copy";

interface CopyButtonProps {
  /** Given as a function where it is known only then. */
  readonly text: string | (() => string);
  /** What is copied, as in “Copy ID”. */
  readonly label: string;
  /** Shows the label beside the icon. */
  readonly look?: "icon" | "button";
  readonly icon?: LucideIcon;
  readonly className?: string;
}

/** Puts `text` on the clipboard and says that it did. */
export function CopyButton({ text, label, look = "icon", icon = Copy, className }: CopyButtonProps) {
  const toast = useToast();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () =>
    navigator.clipboard.writeText(typeof text === "string" ? text : text()).then(
      () => setCopied(true),
      () => toast(NOT_COPIED),
    );
  const Icon = copied ? Check : icon;
  return (
    <button
      type="button"
      aria-label={look === "icon" ? label : undefined}
      data-tip={look === "icon" ? label : undefined}
      onClick={() => void copy()}
      className={clsx(
        look === "icon" ? clsx(buttonStyle("quiet", "sm"), "size-6! px-0! [&_svg]:size-3.5") : buttonStyle("secondary"),
        className,
      )}
    >
      <Icon aria-hidden className={copied ? "text-positive" : undefined} />
      {look === "button" && label}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </button>
  );
}
