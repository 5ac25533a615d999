"use client";

import { Dialog as Radix } from "radix-ui";
import { useFocusReturn } from "@/components/ui/overlays/use-focus-return";
import { CommandSearch } from "./command-search";
import type { CommandContext } from "./page-destinations";

interface CommandPanelProps extends CommandContext {
  readonly onClose: () => void;
}

/** Renders the open command menu. Clicking outside closes it, since it holds no unsaved input. */
export default function CommandPanel({ onClose, ...context }: CommandPanelProps) {
  const onCloseAutoFocus = useFocusReturn(undefined);
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Radix.Content
          className="fixed inset-x-2 top-2 z-40 flex h-[min(28rem,calc(100dvh-1rem))] animate-rise flex-col overflow-hidden rounded-xl bg-raised shadow-dialog outline-none sm:inset-x-0 sm:top-[12dvh] sm:mx-auto sm:h-[min(28rem,76dvh)] sm:w-full sm:max-w-xl"
          onCloseAutoFocus={onCloseAutoFocus}
        >
          <Radix.Title className="sr-only">Jump to</Radix.Title>
          <CommandSearch {...context} onChosen={onClose} />
          <Radix.Description className="border-t px-4 py-2 text-xs text-faint max-sm:sr-only">
            <span aria-hidden>↑↓ to move · ↵ to open · esc to close</span>
            <span className="sr-only">Use the arrow keys to move, Enter to open and Escape to close.</span>
          </Radix.Description>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
