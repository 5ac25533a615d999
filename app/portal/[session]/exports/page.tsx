import type { Metadata } from "next";
import { OrganizationExports } from "@/components/exports/organization-exports";
import { requirePortal } from "@/server/auth/portal-session";
import { liveServices } from "@/server/live-services";

export const metadata: Metadata = { title: "Exports" };

export default async function PortalExportsPage({ params }: PageProps<"/portal/[session]/exports">) {
  const { organization } = await requirePortal(liveServices(), (await params).session);
  return <OrganizationExports organizationId={organization.id} canExport howTo="Export CSV" />;
}
