"use client";

import type { ReactNode, RefObject } from "react";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/overlays/dialog";
import { FormProblem } from "@/components/ui/forms/form-problem";

interface ConfirmationProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly returnFocusTo: RefObject<HTMLElement | null>;
  readonly title: string;
  /** Explains the consequences. */
  readonly children: ReactNode;
  /** The label of the button that confirms. */
  readonly confirm: string;
  readonly mutation: { readonly isPending: boolean; readonly error: unknown };
  readonly onConfirm: () => void;
}

/** Asks for confirmation before something that can't be undone. */
export function Confirmation({ children, confirm, mutation, onConfirm, ...dialog }: ConfirmationProps) {
  return (
    <Dialog role="alertdialog" {...dialog}>
      <p className="text-muted">{children}</p>
      {mutation.error !== null && (
        <div className="mt-4">
          <FormProblem message={problemOf(mutation.error).message} />
        </div>
      )}
      <DialogActions>
        <Button onClick={() => dialog.onOpenChange(false)}>Cancel</Button>
        <Button tone="danger" busy={mutation.isPending} onClick={onConfirm}>
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
