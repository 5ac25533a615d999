"use client";

import { PageProblem } from "@/components/feedback/page-problem";

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return <PageProblem error={error} onRetry={retry} />;
}
