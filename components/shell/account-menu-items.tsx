"use client";

import { LogOut, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { ROLE_LABELS } from "@/components/team/role-labels";
import { ThemeItems } from "@/components/theme/theme-items";
import { MenuItem, MenuSeparator } from "@/components/ui/overlays/menu-items";
import type { ShellContext } from "./shell-context";

export interface AccountMenuProps {
  readonly member: ShellContext["member"];
  readonly accountHref: string;
  readonly version: string;
  readonly freeSpaceFacts: ShellContext["freeSpaceFacts"];
}

/**
 * Loads next-auth only now, since people sign out once per session at most. Redirects by itself, because next-auth would redirect
 * to `PUBLIC_URL`, which can be another host than the one in use.
 */
async function signOutHere(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ redirect: false });
  location.assign("/sign-in");
}

/** What the account menu contains. Loaded with the menu. */
export default function AccountMenuItems({ member, accountHref, version, freeSpaceFacts }: AccountMenuProps) {
  const router = useRouter();
  return (
    <>
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
    </>
  );
}
