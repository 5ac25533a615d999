"use client";

import { type KeyboardEvent, type ReactNode } from "react";
import { lazy } from "@/components/ui/lazy";

export interface DrawerProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly side: "left" | "right";
  readonly title: string;
  /** Beside the button that closes. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  /** Called when it has closed; after `preventDefault` the focus does not go back to what opened it. */
  readonly onCloseAutoFocus?: (event: Event) => void;
}

const DrawerPanel = lazy(() => import("./drawer-panel"));

/** A panel from the side for what belongs to the page behind it. What it is made with is loaded when one first opens. */
export function Drawer(props: DrawerProps) {
  return props.open && <DrawerPanel {...props} />;
}
