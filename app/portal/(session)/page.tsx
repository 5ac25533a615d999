import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { EventViewer } from "@/components/events/event-viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { requirePortal } from "@/server/auth/portal";
import { liveServices } from "@/server/live-services";

export const metadata: Metadata = { title: "Audit Logs" };

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
