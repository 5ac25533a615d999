"use client";

import { useLayoutEffect } from "react";

/**
 * Removes a link's token from the address bar and the history, where others can read it. The tab keeps the token while it is
 * open, so that reloading the page works: then the URL has none (`isInUrl` is false), and this loads the page with it.
 */
export function HiddenToken({ isInUrl }: { readonly isInUrl: boolean }) {
  useLayoutEffect(() => {
    const url = new URL(location.href);
    const name = `trailport-link:${url.pathname}`;
    if (!isInUrl) {
      const kept = readKept(name);
      if (kept !== null) location.replace(`${url.pathname}?token=${encodeURIComponent(kept)}`);
      return;
    }
    const token = url.searchParams.get("token");
    if (token === null) return;
    keep(name, token);
    url.searchParams.delete("token");
    // Next keeps its own state there.
    history.replaceState(history.state, "", url.pathname + url.search);
  }, [isInUrl]);
  return null;
}

function readKept(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Without storage, reloading the page says that the link is incomplete. */
function keep(name: string, token: string): void {
  try {
    sessionStorage.setItem(name, token);
  } catch {
    // The browser blocks storage.
  }
}
