"use client";

import { late } from "@/components/ui/late";

interface FirstEventProps {
  readonly environmentId: string;
  /** Null while there is no organization to send events of. */
  readonly organizationId: string | null;
  readonly canMakeKeys: boolean;
}

const FirstEventSnippet = late(() => import("./first-event-snippet"));

/** How to send the first event, where none has come in yet. */
export function FirstEvent(props: FirstEventProps) {
  const { organizationId } = props;
  return (
    <section aria-labelledby="first-event" className="rounded-lg border bg-surface p-4 sm:p-8">
      <h2 id="first-event" className="text-lg font-semibold tracking-[-0.01em]">
        Send the first event
      </h2>
      <p className="mt-1 max-w-prose text-muted">
        {organizationId === null
          ? "Create an organization with the button above: it stands for one of your customers. Its page shows this code with its ID, and with a key, filled in."
          : "Your backend reports what happened with one request, or with the official WorkOS SDK and this host. With a key the code is complete: run it, and the event appears here by itself."}
      </p>
      <div className="min-h-96">
        <FirstEventSnippet {...props} />
      </div>
    </section>
  );
}
