"use client";

import { type ReactNode, type RefObject } from "react";
import { lazy } from "@/components/ui/lazy";

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Where the focus goes afterwards when what opened the dialog is gone by then, as a menu's item is. */
  readonly returnFocusTo?: RefObject<HTMLElement | null> | undefined;
  /** `alertdialog` for a question that must be answered. */
  readonly role?: "dialog" | "alertdialog";
}

const DialogPanel = lazy(() => import("./dialog-panel"));

/** A question or a form above the page, which waits. What it is made with is loaded when one first opens. */
export function Dialog(props: DialogProps) {
  return props.open && <DialogPanel {...props} />;
}

/** The row of buttons that ends a dialog. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap justify-end gap-2">{children}</div>;
}
