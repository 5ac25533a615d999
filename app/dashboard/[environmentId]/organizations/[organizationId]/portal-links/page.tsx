import type { Metadata } from "next";
import { findOrganization, requireStaff } from "@/app/dashboard/staff";
import { PortalLinkList } from "@/components/organizations/portal-links/portal-link-list";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "Portal links" };

export default async function PortalLinksPage({
  params,
}: PageProps<"/dashboard/[environmentId]/organizations/[organizationId]">) {
  const { environmentId, organizationId } = await params;
  const { member } = await requireStaff(
    environmentId,
    `/dashboard/${environmentId}/organizations/${organizationId}/portal-links`,
  );
  const organization = await findOrganization(environmentId, organizationId);
  return (
    <PortalLinkList
      organization={{ id: organizationId, name: organization?.name ?? "" }}
      canShare={roleAllows(member.role, "member")}
    />
  );
}
