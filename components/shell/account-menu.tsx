"use client";

import { ChevronsUpDown, LogOut, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { ROLE_LABELS } from "@/components/team/role-labels";
import { ThemeItems } from "@/components/theme/theme-items";
import { UserText } from "@/components/ui/user-text";
import { initials } from "@/components/ui/initials";
import { Menu } from "@/components/ui/overlays/menu";
import { MenuItem, MenuSeparator } from "@/components/ui/overlays/menu-items";
import type { ShellContext } from "./shell-context";

/**
 * Loads next-auth only now, since people sign out once per session at most. Redirects by itself, because next-auth would redirect
 * to `PUBLIC_URL`, which can be another host than the one in use.
 */
async function signOutHere(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ redirect: false });
  location.assign("/sign-in");
}

interface AccountMenuProps {
  readonly member: ShellContext["member"];
  readonly accountHref: string;
  readonly version: string;
  readonly freeSpaceFacts: ShellContext["freeSpaceFacts"];
}

/** Shows who is signed in, Trailport's version and the free disk space, and offers the account page, the theme and signing out. */
export function AccountMenu({ member, accountHref, version, freeSpaceFacts }: AccountMenuProps) {
  const router = useRouter();
  return (
    <Menu
      side="top"
      className="w-56"
      triggerClassName="flex h-12 w-full items-center gap-2.5 rounded-lg px-2 text-left hover:bg-hover data-[state=open]:bg-hover"
      trigger={
        <>
          <span
            aria-hidden
            className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
          >
            {initials(member.name, 2)}
          </span>
          <span className="min-w-0 grow">
            <span className="sr-only">Account: </span>
            <UserText className="leading-4 font-medium">{member.name}</UserText>
            <UserText className="text-xs text-faint">{member.email}</UserText>
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />
        </>
      }
    >
      <p className="px-2 py-1.5 text-muted">
        Role: <span className="font-medium text-ink">{ROLE_LABELS[member.role]}</span>
      </p>
      <MenuItem onSelect={() => router.push(accountHref)}>
        <UserRound aria-hidden />
        Account
      </MenuItem>
      <MenuSeparator />
      <ThemeItems />
      <MenuSeparator />
      <MenuItem onSelect={() => void signOutHere()}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
      <MenuSeparator />
      <p className="px-2 py-1 text-xs text-faint">Trailport {version}</p>
      {freeSpaceFacts.map((fact) => (
        <p key={fact} className="px-2 py-1 text-xs text-faint">
          {fact}
        </p>
      ))}
    </Menu>
  );
}
