import type { ReactNode } from "react";
import { SkipLink } from "@/components/ui/skip-link";
import { CommandMenu } from "./command-menu";
import { MobileBar } from "./mobile-bar";
import { Sidebar } from "./sidebar";
import type { ShellWorkspace } from "./workspace";

interface ShellProps extends ShellWorkspace {
  readonly environmentId: string;
  readonly children: ReactNode;
}

/** The frame of the dashboard: navigation beside the page, or above it on a narrow screen. */
export function Shell({ children, ...around }: ShellProps) {
  return (
    <CommandMenu member={around.member} environments={around.environments} environmentId={around.environmentId}>
      <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
        <SkipLink />
        <aside className="sticky top-0 hidden h-dvh border-r bg-sunken lg:block">
          <Sidebar {...around} />
        </aside>
        <MobileBar {...around} />
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-6xl min-w-0 px-4 py-6 outline-none sm:px-6 lg:px-10 lg:py-8"
        >
          {children}
        </main>
      </div>
    </CommandMenu>
  );
}
