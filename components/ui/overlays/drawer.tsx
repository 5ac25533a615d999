"use client";

import { lazy } from "@/components/ui/lazy";
import type { DrawerPanelProps } from "./drawer-panel";

interface DrawerProps extends DrawerPanelProps {
  readonly open: boolean;
}

const DrawerPanel = lazy(() => import("./drawer-panel"));

/** A panel that slides in from the side of the page. Its code is loaded when the first one opens. */
export function Drawer({ open, ...panel }: DrawerProps) {
  return open && <DrawerPanel {...panel} />;
}
