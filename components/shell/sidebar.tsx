"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Logo } from "@/components/brand/logo";
import { AccountMenu } from "./account-menu";
import { CommandMenuButton } from "./command-menu";
import { EnvironmentSwitcher } from "./environment-switcher";
import { MAIN_PAGES } from "./navigation";
import type { ShellContext } from "./shell-context";

/** The dashboard's navigation, with the environment switcher, the command menu and the account menu. */
export function Sidebar({ workspace, member, environments, version, freeSpaceFacts, environmentId }: ShellContext) {
  const pathname = usePathname();
  const root = `/dashboard/${environmentId}`;
  return (
    <div className="flex h-full flex-col gap-4 p-3">
      <Link href={`${root}/organizations`} className="self-start rounded-md px-2 pt-2" aria-label="Trailport home">
        <Logo />
      </Link>
      <EnvironmentSwitcher workspaceName={workspace.name} environments={environments} environmentId={environmentId} />
      <CommandMenuButton look="field" />
      <nav aria-label="Main" className="grow space-y-0.5">
        {MAIN_PAGES.map(({ label, icon: Icon, path }) => {
          const href = `${root}/${path}`;
          return (
            <Link
              key={path}
              href={href}
              aria-current={pathname === href || pathname.startsWith(`${href}/`) ? "page" : undefined}
              className="flex h-8 items-center gap-2.5 rounded-md px-2 font-medium text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-selected aria-[current=page]:text-ink [&[aria-current=page]_svg]:text-accent"
            >
              <Icon aria-hidden className="size-4 text-faint" />
              {label}
            </Link>
          );
        })}
      </nav>
      <AccountMenu member={member} accountHref={`${root}/account`} version={version} freeSpaceFacts={freeSpaceFacts} />
    </div>
  );
}
