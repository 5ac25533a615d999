import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { findOpenPortal } from "@/app/portal/portal-session";
import { EventViewer } from "@/components/events/event-viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { requirePortal } from "@/server/auth/portal-session";
import { liveServices } from "@/server/live-services";

type Props = PageProps<"/portal/[session]">;

/** Absolute, since a layout's title template does not apply to the page next to it. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const portal = await findOpenPortal((await params).session);
  return { title: { absolute: `Audit log · ${portal?.branding.name ?? "Portal"}` } };
}

export default async function PortalPage({ params }: Props) {
  const { organization } = await requirePortal(liveServices(), (await params).session);
  return (
    <EventViewer
      organizationId={organization.id}
      beforeFirstEvent={
        <EmptyState icon={ScrollText} title="No events yet">
          Activity in your organization will appear here.
        </EmptyState>
      }
    />
  );
}
