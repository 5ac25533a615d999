import type { Metadata } from "next";
import { requireStaff } from "@/app/dashboard/staff";
import { OrganizationExports } from "@/components/exports/organization-exports";
import { roleAllows } from "@/schemas/team/roles";

export const metadata: Metadata = { title: "Exports" };

export default async function OrganizationExportsPage({
  params,
}: PageProps<"/dashboard/[environmentId]/organizations/[organizationId]/exports">) {
  const { environmentId, organizationId } = await params;
  const { member } = await requireStaff(
    environmentId,
    `/dashboard/${environmentId}/organizations/${organizationId}/exports`,
  );
  return (
    <OrganizationExports
      organizationId={organizationId}
      canExport={roleAllows(member.role, "member")}
      howTo="Actions → Export CSV"
    />
  );
}
