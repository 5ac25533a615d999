import type { ReactNode } from "react";
import { Logo } from "@/components/brand/logo";

interface LinkPageProps {
  readonly title: string;
  /** Explains what the link does, or why it no longer works. */
  readonly description: ReactNode;
  readonly children?: ReactNode;
}

/** The page behind an emailed link: a card with a single task. */
export function LinkPage({ title, description, children }: LinkPageProps) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-6 px-4 py-12">
      <Logo />
      <div className="rounded-xl border bg-surface p-6 sm:p-8">
        <h1 className="text-xl font-semibold tracking-[-0.02em]">{title}</h1>
        <div className="mt-2 text-muted wrap-anywhere">{description}</div>
        {children && <div className="mt-6">{children}</div>}
      </div>
    </main>
  );
}
