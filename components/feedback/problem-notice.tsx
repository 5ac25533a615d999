"use client";

import { CircleAlert, LogIn, SearchX, WifiOff } from "lucide-react";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

interface ProblemNoticeProps {
  /** What could not be shown, as in “events”. */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** In the place of something that could not be loaded: why, and what to do next. */
export function ProblemNotice({ what, error, onRetry }: ProblemNoticeProps) {
  const problem = problemOf(error);
  const again = <Button onClick={onRetry}>Try again</Button>;
  switch (problem.kind) {
    case "signed_out":
      return (
        <EmptyState
          role="alert"
          icon={LogIn}
          title="Your session has ended"
          actions={<Button onClick={() => location.reload()}>Go on</Button>}
        >
          {problem.message}
        </EmptyState>
      );
    case "not_found":
      return (
        <EmptyState role="alert" icon={SearchX} title="Not found">
          {problem.message}
        </EmptyState>
      );
    case "offline":
      return (
        <EmptyState role="alert" icon={WifiOff} title={`The ${what} could not be loaded`} actions={again}>
          {problem.message}
        </EmptyState>
      );
    case "forbidden":
    case "invalid":
    case "failed":
      return (
        <EmptyState role="alert" icon={CircleAlert} title={`The ${what} could not be loaded`} actions={again}>
          <p>{problem.message}</p>
          {problem.requestId && <p className="mt-2 font-mono text-xs text-faint">Request {problem.requestId}</p>}
        </EmptyState>
      );
  }
}
