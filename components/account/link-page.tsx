import type { ReactNode } from "react";
import { Logo } from "@/components/brand/logo";
import { HiddenToken } from "./hidden-token";

interface LinkPageProps {
  /** Whether the URL contains the link's token. */
  readonly hasToken: boolean;
  readonly title: string;
  /** Explains what the link does, or why it no longer works. */
  readonly description: ReactNode;
  readonly children?: ReactNode;
}

/** The page behind an emailed link: a card with a single task. */
export function LinkPage({ hasToken, title, description, children }: LinkPageProps) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-6 px-4 py-12">
      <HiddenToken isInUrl={hasToken} />
      <Logo />
      <div className="rounded-xl border bg-surface p-6 sm:p-8">
        <h1 className="text-xl font-semibold tracking-[-0.02em]">{title}</h1>
        <div className="mt-2 text-muted wrap-anywhere">{description}</div>
        {children && <div className="mt-6">{children}</div>}
      </div>
    </main>
  );
}
