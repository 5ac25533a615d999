"use client";

import type { ReactNode } from "react";
import { lazy } from "@/components/ui/lazy";
import type { DialogPanelProps } from "./dialog-panel";

interface DialogProps extends DialogPanelProps {
  readonly open: boolean;
}

const DialogPanel = lazy(() => import("./dialog-panel"));

/** A modal dialog with a question or a form. Its code is loaded when the first one opens. */
export function Dialog({ open, ...panel }: DialogProps) {
  return open && <DialogPanel {...panel} />;
}

/** The row of buttons at the bottom of a dialog. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap justify-end gap-2">{children}</div>;
}
