"use client";

import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";

interface NavTabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly label: string }[];
}

/** A row of links styled as tabs, one per page. */
export function NavTabs({ label, tabs }: NavTabsProps) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="flex gap-6 overflow-x-auto border-b">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={pathname === tab.href ? "page" : undefined}
          className={clsx(
            "-mb-px flex h-10 shrink-0 items-center border-b-2 border-transparent font-medium text-muted hover:text-ink",
            "focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-ink",
          )}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
