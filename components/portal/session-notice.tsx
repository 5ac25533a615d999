"use client";

import { Clock } from "lucide-react";
import { useMinutesLeft } from "./use-minutes-left";

/** Minutes before the end at which the warning appears. */
const WARNING = 5;

interface SessionNoticeProps {
  readonly vendorName: string;
  readonly expiresAt: Date;
  readonly returnUrl: string | null;
}

/**
 * Warns before the session ends, says when it has ended, and how to continue. Screen readers announce each change, so
 * the text changes only at these two times.
 */
export function SessionNotice({ vendorName, expiresAt, returnUrl }: SessionNoticeProps) {
  const minutes = useMinutesLeft(expiresAt);
  return (
    <div role="status">
      {minutes !== null && minutes <= WARNING && (
        <div className="border-b bg-caution-soft text-caution">
          <p className="mx-auto flex max-w-6xl gap-2 px-4 py-2.5 wrap-anywhere sm:px-6">
            <Clock aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span>
              {minutes > 0
                ? "Your session ends in under 5 minutes. Running exports will finish. To continue after that, "
                : "Your session has expired. This page stays visible, but can’t load more. To continue, "}
              {returnUrl === null ? (
                <>
                  ask <bdi className="font-medium">{vendorName}</bdi> for a new link.
                </>
              ) : (
                <>
                  get a new link at{" "}
                  <a href={returnUrl} className="font-medium underline underline-offset-2">
                    <bdi>{vendorName}</bdi>
                  </a>
                  .
                </>
              )}
            </span>
          </p>
        </div>
      )}
    </div>
  );
}
