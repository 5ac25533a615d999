"use client";

import { CircleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

interface PageProblemProps {
  readonly error: Error & { readonly digest?: string };
  readonly onRetry: () => void;
  /** Who can help when it goes on. */
  readonly tell?: string;
}

/** In the place of a page that failed. The number is what the log has of it too. */
export function PageProblem({ error, onRetry, tell = "whoever runs Trailport" }: PageProblemProps) {
  return (
    <EmptyState
      role="alert"
      icon={CircleAlert}
      title="This page could not be shown"
      actions={
        <Button tone="primary" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      <p>Something failed on our side. Nothing was changed. If it goes on, tell {tell}.</p>
      {error.digest && <p className="mt-2 font-mono text-xs text-faint">Error {error.digest}</p>}
    </EmptyState>
  );
}
