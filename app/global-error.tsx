"use client";

import { Button } from "@/components/ui/button";
import { MessagePage } from "@/components/feedback/message-page";
import "./globals.css";

interface GlobalErrorProps {
  readonly error: Error & { readonly digest?: string };
}

/** Stands in for the whole document when even its layout failed. */
export default function GlobalError({ error }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body className="font-sans">
        <title>Something failed · Trailport</title>
        <MessagePage
          title="Something failed on our side"
          actions={
            <Button tone="primary" size="lg" onClick={() => location.reload()}>
              Load the page again
            </Button>
          }
        >
          Nothing was changed. If it goes on, tell whoever runs Trailport.
          {error.digest && <p className="mt-2 font-mono text-xs text-faint">Error {error.digest}</p>}
        </MessagePage>
      </body>
    </html>
  );
}
