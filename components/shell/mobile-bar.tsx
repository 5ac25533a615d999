"use client";

import { Menu as MenuIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { Logo } from "@/components/brand/logo";
import { buttonStyle } from "@/components/ui/button";
import { Drawer } from "@/components/ui/overlays/drawer";
import { CommandMenuButton } from "./command-menu";
import { Sidebar } from "./sidebar";
import type { ShellContext } from "./shell-context";

/** The header on narrow screens, with the navigation in a drawer. Navigating closes the drawer. */
export function MobileBar(context: ShellContext) {
  const pathname = usePathname();
  const [openAt, setOpenAt] = useState<string | null>(null);
  return (
    <header className="sticky top-0 z-20 flex h-14 items-center gap-2 border-b bg-canvas px-2 lg:hidden">
      <button
        type="button"
        aria-label="Open navigation"
        data-tip="Open navigation"
        aria-haspopup="dialog"
        className={buttonStyle("quiet", "icon")}
        onClick={() => setOpenAt(pathname)}
      >
        <MenuIcon aria-hidden />
      </button>
      <Logo />
      <span className="grow" />
      <CommandMenuButton look="icon" />
      <Drawer
        side="left"
        title="Navigation"
        open={openAt === pathname}
        onOpenChange={(open) => setOpenAt(open ? pathname : null)}
      >
        <Sidebar {...context} />
      </Drawer>
    </header>
  );
}
