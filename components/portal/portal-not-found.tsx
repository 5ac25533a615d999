"use client";

import { SearchX } from "lucide-react";
import Link from "next/link";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PortalCard } from "./portal-card";
import { usePortalHome } from "./portal-home";

/** Shown inside the vendor's frame if there is a session, and otherwise on a card without any link to the dashboard. */
export function PortalNotFound() {
  const home = usePortalHome();
  if (home !== null) {
    return (
      <EmptyState
        icon={SearchX}
        title="Page not found"
        actions={
          <Link href={home} className={buttonStyle("primary")}>
            Go to the audit log
          </Link>
        }
      >
        Check the address. The page may have been deleted.
      </EmptyState>
    );
  }
  return (
    <PortalCard>
      <SearchX aria-hidden strokeWidth={1.5} className="size-7 text-faint" />
      <h1 className="mt-4 text-xl font-semibold tracking-[-0.02em]">Page not found</h1>
      <p className="mt-2 text-muted">Check the address. The page may have been deleted.</p>
      <p className="mt-4 border-t pt-4">
        Get a new link to your audit log from the product&rsquo;s settings or from the company that runs it.
      </p>
    </PortalCard>
  );
}
