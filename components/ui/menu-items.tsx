"use client";

import { lazy } from "react";

// By name and lazily: they are only ever rendered inside an open menu, which waits for them.
const load = () => import("./menu-panel");

export const MenuItem = lazy(() => load().then((parts) => ({ default: parts.MenuItem })));
export const MenuLabel = lazy(() => load().then((parts) => ({ default: parts.MenuLabel })));
export const MenuRadioGroup = lazy(() => load().then((parts) => ({ default: parts.MenuRadioGroup })));
export const MenuRadioItem = lazy(() => load().then((parts) => ({ default: parts.MenuRadioItem })));
export const MenuSeparator = lazy(() => load().then((parts) => ({ default: parts.MenuSeparator })));
