"use client";

import { useLayoutEffect, useRef } from "react";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";

interface StaleNoticeProps {
  /** Names what is out of date, for example “exports”. */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Shown above data that could not be refreshed, with the reason and what to do next. */
export function StaleNotice({ what, error, onRetry }: StaleNoticeProps) {
  const { kind, message } = problemOf(error);
  const notice = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = notice;
    // A successful retry removes this notice, and with it the focused button.
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
        {kind === "signed_out" ? `Your session has ended. ${message}` : `Couldn’t refresh ${what}. ${message}`}
      </p>
      {kind === "signed_out" ? (
        <Button size="sm" onClick={() => location.reload()}>
          Continue
        </Button>
      ) : (
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
