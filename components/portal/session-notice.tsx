"use client";

import { Clock } from "lucide-react";
import { useMinutesLeft } from "./use-minutes-left";

/** Minutes before the end at which it is said. */
const WARNING = 5;

interface SessionNoticeProps {
  readonly vendorName: string;
  readonly expiresAt: Date;
  readonly returnUrl: string | null;
}

/** Says, to the ear too, that the session is about to end and that it has, and how to go on. Its words change only then. */
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
                ? "Your session ends in less than five minutes. Exports that you have asked for are still made. To go on after that, "
                : "Your session has expired. What is on this page stays, but nothing more can be loaded. To go on, "}
              {returnUrl === null ? (
                <>
                  ask <bdi className="font-medium">{vendorName}</bdi> for a new link.
                </>
              ) : (
                <>
                  take a new link:{" "}
                  <a href={returnUrl} className="font-medium underline underline-offset-2">
                    back to <bdi>{vendorName}</bdi>
                  </a>
                </>
              )}
            </span>
          </p>
        </div>
      )}
    </div>
  );
}
