"use client";

import type { ReactNode, Ref } from "react";
import { lazy } from "@/components/ui/lazy";

interface FirstEventProps {
  readonly environmentId: string;
  readonly organizationId: string;
  readonly canCreateKeys: boolean;
  /** Controls shown above the code. */
  readonly children?: ReactNode;
  readonly headingRef?: Ref<HTMLHeadingElement>;
}

const CodeSample = lazy(() => import("./code-sample"));

/** Explains how to send the first event to an organization without events. */
export function FirstEvent({ children, headingRef, ...snippet }: FirstEventProps) {
  return (
    <section aria-labelledby="first-event" className="rounded-lg border bg-surface p-4 sm:p-8">
      <h2
        ref={headingRef}
        id="first-event"
        tabIndex={-1}
        className="outline-none text-lg font-semibold tracking-[-0.01em]"
      >
        Send your first event
      </h2>
      <p className="mt-1 max-w-prose text-muted">
        Use a single API request or any WorkOS SDK pointed at this host. Add a key, run the code, and the event appears
        here automatically.
      </p>
      {children}
      <div className="min-h-96">
        <CodeSample {...snippet} />
      </div>
    </section>
  );
}
