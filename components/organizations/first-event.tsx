"use client";

import Link from "next/link";
import { useState, type ReactNode } from "react";
import { useHydrated } from "@/components/time/use-hydrated";
import { CodeBlock } from "@/components/ui/code-block";
import { firstEventCurl } from "./curl";

interface FirstEventProps {
  readonly environmentId: string;
  /** Null while there is no organization to send events of. */
  readonly organizationId: string | null;
}

/** How to send the first event, where none has come in yet. */
export function FirstEvent({ environmentId, organizationId }: FirstEventProps) {
  const [now] = useState(() => new Date());
  // The address and the clock are the browser's; the server would render others.
  const code = useHydrated() ? firstEventCurl(location.origin, organizationId ?? "org_…", now) : "";
  return (
    <section aria-labelledby="first-event" className="rounded-lg border bg-surface p-6 sm:p-8">
      <h2 id="first-event" className="text-lg font-semibold tracking-[-0.01em]">
        Send the first event
      </h2>
      <p className="mt-1 max-w-prose text-muted">
        Your backend reports what happened with one request, or with the WorkOS SDK it already has. This works in any
        shell:
      </p>
      <ol className="mt-6 space-y-4">
        {organizationId === null && (
          <Step number={1}>
            Create an organization with the button above: it stands for one of your customers. Its page shows this
            command with its ID filled in.
          </Step>
        )}
        <Step number={organizationId === null ? 2 : 1}>
          Make a key under{" "}
          <Link
            href={`/dashboard/${environmentId}/api-keys`}
            className="font-medium text-accent underline underline-offset-2"
          >
            API keys
          </Link>{" "}
          and put it into the shell:{" "}
          <code className="rounded-sm bg-sunken px-1 font-mono text-xs">export TRAILPORT_API_KEY=sk_…</code>
        </Step>
        <Step number={organizationId === null ? 3 : 2}>
          Send the event{organizationId === null ? "." : "; it appears here by itself."}
        </Step>
      </ol>
      <div className="mt-4 min-h-64">
        <CodeBlock code={code} label="Copy cURL" />
      </div>
    </section>
  );
}

function Step({ number, children }: { readonly number: number; readonly children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden
        className="grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
      >
        {number}
      </span>
      <span>{children}</span>
    </li>
  );
}
