"use client";

import clsx from "clsx";
import { Check, Copy, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { buttonStyle } from "./button";
import { useCopy } from "./use-copy";

interface CopyButtonProps {
  /** Pass a function to compute the text on click. */
  readonly text: string | (() => string);
  /** Names the button, for example “Copy ID”. */
  readonly label: string;
  /** Use `button` to show the label next to the icon. */
  readonly look?: "icon" | "button";
  readonly icon?: LucideIcon;
  readonly className?: string;
}

/** Copies `text` to the clipboard and confirms it with a check mark. */
export function CopyButton({ text, label, look = "icon", icon = Copy, className }: CopyButtonProps) {
  const copyText = useCopy();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (button: Element) => setCopied(await copyText(typeof text === "string" ? text : text(), button));
  const Icon = copied ? Check : icon;
  return (
    <button
      type="button"
      aria-label={look === "icon" ? label : undefined}
      data-tip={look === "icon" ? label : undefined}
      onClick={(event) => void copy(event.currentTarget)}
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
