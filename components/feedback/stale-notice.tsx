"use client";

import { useLayoutEffect, useRef } from "react";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";

interface StaleNoticeProps {
  /** What is shown as it was before, as in “exports”. */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Over something that is shown and could not be brought up to date: why, and what to do next. */
export function StaleNotice({ what, error, onRetry }: StaleNoticeProps) {
  const { kind, message } = problemOf(error);
  const notice = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = notice;
    // It goes when trying again has helped, with the button that was pressed.
    return () => {
      if (current?.contains(document.activeElement)) current.closest<HTMLElement>("main")?.focus();
    };
  }, []);
  return (
    <div
      ref={notice}
      className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border bg-sunken px-4 py-2.5"
    >
      <p role="status" className="min-w-0">
        {kind === "signed_out"
          ? `Your session has ended. ${message}`
          : `These ${what} could not be brought up to date. ${message}`}
      </p>
      {kind === "signed_out" ? (
        <Button size="sm" onClick={() => location.reload()}>
          Go on
        </Button>
      ) : (
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
