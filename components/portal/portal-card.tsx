import type { ReactNode } from "react";

/** A portal page outside of a session, with a single message or action. */
export function PortalCard({ children }: { readonly children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-4 py-12">
      <div className="rounded-xl border bg-surface p-6 sm:p-8">{children}</div>
      <p className="mt-6 text-center text-xs text-faint">Powered by Trailport</p>
    </main>
  );
}
