"use client";

import { useSyncExternalStore, type ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button";

interface RequireHttpsProps {
  /** Trailport's own URL. */
  readonly publicUrl: string;
  /** What the user can be sure of, for example “Your link is still unused.” */
  readonly note?: string;
  /** The token of an emailed link. The page has removed it from its URL, so that others cannot read it there. */
  readonly token?: string;
  readonly children: ReactNode;
}

const never = () => () => undefined;

/**
 * Replaces its content if the page is opened over http although Trailport's own URL has https: browsers reject its cookies
 * there, so signing in would lead back to the same form, and a link would be used up for nothing. Only the browser knows its
 * scheme, since a proxy may have removed the encryption.
 */
export function RequireHttps({ publicUrl, note, token, children }: RequireHttpsProps) {
  const isInsecure = useSyncExternalStore(
    never,
    () => location.protocol === "http:" && publicUrl.startsWith("https:"),
    () => false,
  );
  if (!isInsecure) return children;
  const { host } = new URL(publicUrl);
  return (
    <div role="alert" className="mt-6 grid gap-4">
      <p className="wrap-anywhere">
        You opened this page over http, where your browser can’t keep you signed in. {note}
      </p>
      <a
        href={
          publicUrl +
          location.pathname +
          (token === undefined ? location.search : `?token=${encodeURIComponent(token)}`)
        }
        className={`${buttonStyle("primary", "lg")} h-auto! min-h-10 py-2 whitespace-normal! wrap-anywhere`}
      >
        Continue at https://{host}
      </a>
    </div>
  );
}
