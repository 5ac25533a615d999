import { SearchX } from "lucide-react";
import Link from "next/link";
import { findOpenPortal } from "@/app/portal/portal-session";
import { PortalCard } from "@/components/portal/portal-card";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A wrong address: within the vendor's frame when there is a session, and otherwise with nothing of the dashboard. */
export default async function PortalNotFound() {
  if (await findOpenPortal()) {
    return (
      <EmptyState
        icon={SearchX}
        title="There is nothing here"
        actions={
          <Link href="/portal" className={buttonStyle("primary")}>
            Go to the audit logs
          </Link>
        }
      >
        The address may be mistyped, or what it led to is gone.
      </EmptyState>
    );
  }
  return (
    <PortalCard>
      <SearchX aria-hidden strokeWidth={1.5} className="size-7 text-faint" />
      <h1 className="mt-4 text-xl font-semibold tracking-[-0.02em]">There is nothing here</h1>
      <p className="mt-2 text-muted">The address may be mistyped, or what it led to is gone.</p>
      <p className="mt-4 border-t pt-4">
        To look at your audit logs, ask for a new link: in the settings of the product that they are about, or from the
        company that runs it.
      </p>
    </PortalCard>
  );
}
