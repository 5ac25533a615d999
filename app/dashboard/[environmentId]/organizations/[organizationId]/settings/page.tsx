import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { OrganizationSettings } from "@/components/organizations/settings/organization-settings";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "Settings" };

export default async function OrganizationSettingsPage({
  params,
}: PageProps<"/dashboard/[environmentId]/organizations/[organizationId]">) {
  const { environmentId, organizationId } = await params;
  const { member } = await requireStaff(
    environmentId,
    `/dashboard/${environmentId}/organizations/${organizationId}/settings`,
  );
  return (
    <OrganizationSettings
      environmentId={environmentId}
      organizationId={organizationId}
      deniedReason={roleAllows(member.role, "admin") ? null : "Only admins and owners can change these settings."}
    />
  );
}
