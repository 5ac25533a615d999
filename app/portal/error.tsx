"use client";

import { PageProblem } from "@/components/feedback/page-problem";

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}

/** Replaces a page outside of a session, or the vendor's frame, that failed. */
export default function PortalErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <main className="mx-auto max-w-xl px-4 py-24">
      <PageProblem error={error} onRetry={retry} contact="the company that gave you the link" />
    </main>
  );
}
