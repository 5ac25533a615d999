"use client";

import { PageProblem } from "@/components/feedback/page-problem";

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}

/** Replaces a portal page that failed, inside the vendor's frame. */
export default function PortalErrorPage({ error, retry }: ErrorPageProps) {
  return <PageProblem error={error} onRetry={retry} contact="the company named above" />;
}
