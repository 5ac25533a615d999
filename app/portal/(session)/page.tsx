import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { findOpenPortal } from "@/app/portal/portal-session";
import { EventViewer } from "@/components/events/event-viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { requirePortal } from "@/server/auth/portal-session";
import { liveServices } from "@/server/live-services";

/** In full: the template of a layout is for the pages below its own. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: { absolute: `Audit Logs · ${(await findOpenPortal())?.branding.name ?? "Portal"}` } };
}

export default async function PortalPage() {
  const { organization } = await requirePortal(liveServices());
  return (
    <EventViewer
      organizationId={organization.id}
      beforeFirstEvent={
        <EmptyState icon={ScrollText} title="Nothing has been recorded yet">
          What the people of your organization do appears here as it happens.
        </EmptyState>
      }
    />
  );
}
