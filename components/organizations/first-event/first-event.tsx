"use client";

import type { ReactNode, Ref } from "react";
import { lazy } from "@/components/ui/lazy";

interface FirstEventProps {
  readonly environmentId: string;
  readonly organizationId: string;
  readonly canCreateKeys: boolean;
  /** What is to be chosen before the code. */
  readonly children?: ReactNode;
  readonly headingRef?: Ref<HTMLHeadingElement>;
}

const CodeSample = lazy(() => import("./code-sample"));

/** How to send the first event, where none has come in yet. */
export function FirstEvent({ children, headingRef, ...snippet }: FirstEventProps) {
  return (
    <section aria-labelledby="first-event" className="rounded-lg border bg-surface p-4 sm:p-8">
      <h2
        ref={headingRef}
        id="first-event"
        tabIndex={-1}
        className="outline-none text-lg font-semibold tracking-[-0.01em]"
      >
        Send the first event
      </h2>
      <p className="mt-1 max-w-prose text-muted">
        Your backend reports what happened with one request, or with the official WorkOS SDK and this host. With a key
        the code is complete: run it, and the event appears here by itself.
      </p>
      {children}
      <div className="min-h-96">
        <CodeSample {...snippet} />
      </div>
    </section>
  );
}
