"use client";

import { createContext, use, type ReactNode } from "react";

const HomeContext = createContext<string | null>(null);

/** Returns the path of the open session's first page, or null outside of a session. */
export function usePortalHome(): string | null {
  return use(HomeContext);
}

/** Tells the pages below which portal session they belong to. */
export function PortalHome({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  return <HomeContext value={value}>{children}</HomeContext>;
}
