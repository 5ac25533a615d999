import type { ReactNode } from "react";
import { SkipLink } from "@/components/ui/skip-link";
import { CommandMenu } from "./command-menu";
import { FreeSpaceWarning, freeSpaceFacts } from "./free-space";
import { MobileBar } from "./mobile-bar";
import { Sidebar } from "./sidebar";
import type { FreeSpace, ShellContext } from "./shell-context";

interface ShellProps extends Omit<ShellContext, "freeSpaceFacts"> {
  readonly freeSpace: FreeSpace;
  readonly children: ReactNode;
}

/** The dashboard's layout: the sidebar next to the page, or a bar above it on narrow screens. */
export function Shell({ children, freeSpace, ...given }: ShellProps) {
  const context: ShellContext = { ...given, freeSpaceFacts: freeSpaceFacts(freeSpace) };
  return (
    <CommandMenu role={context.member.role} environments={context.environments} environmentId={context.environmentId}>
      <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
        <SkipLink />
        <aside className="sticky top-0 hidden h-dvh border-r bg-sunken lg:block">
          <Sidebar {...context} />
        </aside>
        <MobileBar {...context} />
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-6xl min-w-0 px-4 py-6 outline-none sm:px-6 lg:px-10 lg:py-8"
        >
          <FreeSpaceWarning freeSpace={freeSpace} />
          {children}
        </main>
      </div>
    </CommandMenu>
  );
}
