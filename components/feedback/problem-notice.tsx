"use client";

import { CircleAlert, LogIn, SearchX, WifiOff } from "lucide-react";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

interface ProblemNoticeProps {
  /** Names what failed to load, for example “events”. */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
  /** Replaces the server's message if the thing does not exist. */
  readonly notFound?: string;
}

/** Replaces something that failed to load, with the reason and what to do next. */
export function ProblemNotice({ what, error, onRetry, notFound }: ProblemNoticeProps) {
  const problem = problemOf(error);
  const title = `Couldn’t load ${what}`;
  const retry = <Button onClick={onRetry}>Try again</Button>;
  switch (problem.kind) {
    case "signed_out":
      return (
        <EmptyState
          role="alert"
          icon={LogIn}
          title="Your session has ended"
          actions={<Button onClick={() => location.reload()}>Continue</Button>}
        >
          {problem.message}
        </EmptyState>
      );
    case "not_found":
      return (
        <EmptyState role="alert" icon={SearchX} title="Not found">
          {notFound ?? problem.message}
        </EmptyState>
      );
    case "offline":
      return (
        <EmptyState role="alert" icon={WifiOff} title={title} actions={retry}>
          {problem.message}
        </EmptyState>
      );
    case "forbidden":
    case "invalid":
    case "failed":
      return (
        <EmptyState role="alert" icon={CircleAlert} title={title} actions={retry}>
          <p>{problem.message}</p>
          {problem.requestId && <p className="mt-2 font-mono text-xs text-faint">Request {problem.requestId}</p>}
        </EmptyState>
      );
  }
}
