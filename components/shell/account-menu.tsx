"use client";

import { ChevronsUpDown } from "lucide-react";
import { lazy } from "@/components/ui/lazy";
import { UserText } from "@/components/ui/user-text";
import { initials } from "@/components/ui/initials";
import { Menu } from "@/components/ui/overlays/menu";
import type { AccountMenuProps } from "./account-menu-items";

const AccountMenuItems = lazy(() => import("./account-menu-items"));

/** Shows who is signed in, Trailport's version and the free disk space, and offers the account page, the theme and signing out. */
export function AccountMenu(props: AccountMenuProps) {
  const { member } = props;
  return (
    <Menu
      side="top"
      className="w-56"
      onPreload={AccountMenuItems.preload}
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
      <AccountMenuItems {...props} />
    </Menu>
  );
}
