"use client";

import clsx from "clsx";
import { Search } from "lucide-react";
import { createContext, use, useCallback, useEffect, useState, type ReactNode } from "react";
import { useHydrated } from "@/components/time/use-hydrated";
import { buttonStyle } from "@/components/ui/button";
import { lazy } from "@/components/ui/lazy";
import { isDialogOpen } from "@/components/ui/overlays/is-dialog-open";
import type { CommandContext } from "./page-destinations";

const CommandPanel = lazy(() => import("./command-panel"));
const OpenContext = createContext<() => void>(() => undefined);

interface CommandMenuProps extends CommandContext {
  readonly children: ReactNode;
}

/** Adds the command menu, which opens with ⌘K, Ctrl+K or a `CommandMenuButton`. Its code is loaded when it first opens. */
export function CommandMenu({ children, ...context }: CommandMenuProps) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      event.preventDefault();
      // An open dialog may hold unsaved input or a secret that is shown only once. A shortcut must not take users away.
      if (!isDialogOpen()) setOpen(true);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
  return (
    <OpenContext value={useCallback(() => setOpen(true), [])}>
      {children}
      {open && <CommandPanel {...context} onClose={() => setOpen(false)} />}
    </OpenContext>
  );
}

/** Opens the command menu. Looks like a search field in the sidebar and like an icon on narrow screens. */
export function CommandMenuButton({ look }: { readonly look: "field" | "icon" }) {
  const open = use(OpenContext);
  const keys = useHydrated() ? (isApple() ? "⌘K" : "Ctrl K") : "";
  return (
    <button
      type="button"
      aria-label="Jump to…"
      data-tip={look === "icon" ? "Jump to…" : undefined}
      aria-haspopup="dialog"
      aria-keyshortcuts="Meta+K Control+K"
      className={
        look === "icon"
          ? buttonStyle("quiet", "icon")
          : clsx(
              "flex h-8 w-full items-center gap-2.5 rounded-md bg-surface px-2 text-left text-muted hover:bg-hover hover:text-ink",
              "shadow-[inset_0_0_0_1px_var(--color-line-strong)]",
            )
      }
      onPointerEnter={CommandPanel.preload}
      onFocus={CommandPanel.preload}
      onClick={open}
    >
      <Search aria-hidden className="size-4 shrink-0 text-faint" />
      {look === "field" && (
        <>
          <span className="grow">Jump to…</span>
          <kbd aria-hidden className="font-sans text-xs text-faint">
            {keys}
          </kbd>
        </>
      )}
    </button>
  );
}

/** Accepts only ⌘K on a Mac, where Ctrl+K deletes the rest of a line, and only Ctrl+K elsewhere. */
function isShortcut(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() !== "k" || event.shiftKey || event.altKey || event.isComposing) return false;
  return isApple() ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
