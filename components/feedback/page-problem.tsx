"use client";

import { CircleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useReloadIfOutdated } from "./reload-outdated";

interface PageProblemProps {
  readonly error: Error & { readonly digest?: string };
  readonly onRetry: () => void;
  /** Whom to contact if it keeps happening. */
  readonly contact?: string;
}

/** Replaces a page that failed to render. It shows the error's number, which the server log contains too. */
export function PageProblem({ error, onRetry, contact = "your administrator" }: PageProblemProps) {
  if (useReloadIfOutdated(error)) return null;
  return (
    <EmptyState
      role="alert"
      icon={CircleAlert}
      title="Couldn’t show this page"
      actions={
        <Button tone="primary" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      <p>Something went wrong. Nothing was changed. If it keeps happening, contact {contact}.</p>
      {error.digest && <p className="mt-2 font-mono text-xs text-faint">Error {error.digest}</p>}
    </EmptyState>
  );
}
