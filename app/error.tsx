"use client";

import { PageProblem } from "@/components/feedback/page-problem";

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <main className="mx-auto max-w-xl px-4 py-24">
      <PageProblem error={error} onRetry={retry} />
    </main>
  );
}
