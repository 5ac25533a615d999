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
  /** What follows from it. */
  readonly children: ReactNode;
  readonly keep: string;
  readonly confirm: string;
  readonly act: { readonly isPending: boolean; readonly error: unknown };
  readonly onConfirm: () => void;
}

/** A question before something that cannot be undone. */
export function Confirmation({ children, keep, confirm, act, onConfirm, ...dialog }: ConfirmationProps) {
  return (
    <Dialog role="alertdialog" {...dialog}>
      <p className="text-muted">{children}</p>
      {act.error !== null && (
        <div className="mt-4">
          <FormProblem message={problemOf(act.error).message} />
        </div>
      )}
      <DialogActions>
        <Button onClick={() => dialog.onOpenChange(false)}>{keep}</Button>
        <Button tone="danger" busy={act.isPending} onClick={onConfirm}>
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
