import type { ReactNode } from "react";
import { LogoMark } from "@/components/brand/logo";

interface MessagePageProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** A full page with a single message. */
export function MessagePage({ title, children, actions }: MessagePageProps) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-6 py-16">
      <LogoMark className="size-8" />
      <h1 className="mt-6 text-2xl font-semibold tracking-[-0.02em]">{title}</h1>
      <div className="mt-2 text-base text-muted">{children}</div>
      {actions && <div className="mt-8 flex flex-wrap gap-2">{actions}</div>}
    </main>
  );
}
