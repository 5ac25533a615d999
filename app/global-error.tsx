"use client";

import { Button } from "@/components/ui/button";
import { MessagePage } from "@/components/feedback/message-page";
import { useReloadIfOutdated } from "@/components/feedback/reload-outdated";
import "./globals.css";

interface GlobalErrorProps {
  readonly error: Error & { readonly digest?: string };
}

/** Replaces the whole document when the root layout itself fails. */
export default function GlobalError({ error }: GlobalErrorProps) {
  const isReloading = useReloadIfOutdated(error);
  return (
    <html lang="en">
      <body className="font-sans">
        <title>Something went wrong · Trailport</title>
        {!isReloading && (
          <MessagePage
            title="Something went wrong"
            actions={
              <Button tone="primary" size="lg" onClick={() => location.reload()}>
                Reload the page
              </Button>
            }
          >
            Nothing was changed. If it keeps happening, contact your administrator.
            {error.digest && <p className="mt-2 font-mono text-xs text-faint">Error {error.digest}</p>}
          </MessagePage>
        )}
      </body>
    </html>
  );
}
